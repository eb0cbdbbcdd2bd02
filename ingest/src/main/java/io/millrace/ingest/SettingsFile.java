package io.millrace.ingest;

import com.fasterxml.jackson.annotation.Nulls;
import io.millrace.runtime.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Settings as YAML, in which an unknown key is an error, so that a typing error says so. */
public final class SettingsFile {

    public static final YAMLMapper MAPPER =
            YAMLMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
                    .build();

    private static final Pattern NEXT_WORD = Pattern.compile("(?<=[a-z])[A-Z]");

    private SettingsFile() {}

    /**
     * Reads settings.
     *
     * @param what they are, for the message
     * @param parse makes them of the file's text, and says in an {@link IllegalArgumentException}
     *     what is wrong with them
     * @throws UsageException in one line, naming the file and the problem
     */
    public static <T> T read(String what, Path file, Function<String, T> parse) {
        try {
            return parse.apply(Files.readString(file));
        } catch (IOException e) {
            throw new UsageException(
                    "%s %s cannot be read: name a YAML file in UTF-8".formatted(what, file), e);
        } catch (JacksonException e) {
            throw new UsageException("%s %s: %s".formatted(what, file, asWritten(problem(e))), e);
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "%s %s: %s".formatted(what, file, asWritten(String.valueOf(e.getMessage()))),
                    e);
        }
    }

    private static String problem(JacksonException e) {
        String place =
                e.getPath().stream()
                        .flatMap(step -> Stream.ofNullable(step.getPropertyName()))
                        .collect(Collectors.joining("."));
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                    "unknown key '%s'; known here are %s"
                            .formatted(unknown.getPropertyName(), unknown.getKnownPropertyIds());
            case ValueInstantiationException invalid when invalid.getCause() != null ->
                    (place.isEmpty() ? "" : place + ": ") + invalid.getCause().getMessage();
            case InvalidFormatException odd when odd.getTargetType().isEnum() ->
                    "%s is none of %s".formatted(place, words(odd.getTargetType()));
            default -> place.isEmpty() ? "it is not YAML" : place + " cannot be read";
        };
    }

    private static List<String> words(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(word -> word.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }

    /** Records name their components as Java does. */
    private static String asWritten(String message) {
        return NEXT_WORD
                .matcher(message)
                .replaceAll(word -> "-" + word.group().toLowerCase(Locale.ROOT));
    }
}
