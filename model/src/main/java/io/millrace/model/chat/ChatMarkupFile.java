package io.millrace.model.chat;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.millrace.model.config.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A chat format as YAML or JSON, in which an unknown key is an error. */
public final class ChatMarkupFile {

    private static final JsonSetter.Value EMPTY = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);

    private static final YAMLMapper MAPPER =
            YAMLMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .withConfigOverride(String.class, texts -> texts.setNullHandling(EMPTY))
                    .withConfigOverride(List.class, lists -> lists.setNullHandling(EMPTY))
                    .withConfigOverride(Map.class, maps -> maps.setNullHandling(EMPTY))
                    .build();

    private ChatMarkupFile() {}

    /**
     * Reads a format.
     *
     * @throws ModelException in one line, naming the file, the key and what is allowed
     */
    public static ChatMarkup read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new ModelException(
                    "chat format " + file + " cannot be read: name a YAML or JSON file in UTF-8",
                    e);
        }
    }

    static ChatMarkup parse(String yaml, String place) {
        @Nullable ChatMarkup markup;
        try {
            markup = MAPPER.readValue(yaml, ChatMarkup.class);
        } catch (JacksonException e) {
            throw new ModelException("chat format %s: %s".formatted(place, problem(e)), e);
        }
        if (markup == null) {
            throw new ModelException("chat format %s: it is null, not a format".formatted(place));
        }
        return markup;
    }

    private static String problem(JacksonException e) {
        String key =
                e.getPath().stream()
                        .flatMap(step -> Stream.ofNullable(step.getPropertyName()))
                        .collect(Collectors.joining("."));
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                    "unknown key '%s'; known there are %s"
                            .formatted(key, unknown.getKnownPropertyIds());
            case ValueInstantiationException invalid when invalid.getCause() != null ->
                    (key.isEmpty() ? "" : key + ": ") + invalid.getCause().getMessage();
            case InvalidFormatException odd when odd.getTargetType().isEnum() ->
                    "%s: '%s' is none of %s".formatted(key, odd.getValue(), words(odd));
            case MismatchedInputException lacking
                    when lacking.getOriginalMessage().startsWith("Missing required") ->
                    key + " is missing";
            default ->
                    (key.isEmpty() ? "" : key + ": ")
                            + e.getOriginalMessage().lines().findFirst().orElse("it is not YAML");
        };
    }

    private static List<String> words(InvalidFormatException odd) {
        return Stream.of(odd.getTargetType().getEnumConstants())
                .map(word -> word.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }
}
