package io.millrace.ingest.curation;

import com.fasterxml.jackson.annotation.Nulls;
import io.millrace.runtime.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What curation decides by, as YAML. Every key may be left out, and no other is known, so that a
 * typing error changes nothing silently; {@link #STANDARD} shows all. Corroboration is {@code
 * none}, {@code second-principal} or {@code reviewer}. Lowered caps hold from the next example on:
 * what counts against them is kept.
 */
public final class CurationFile {

    /** A file that changes nothing. */
    public static final String STANDARD =
            """
            edit-floor: 0.1
            quality:
              max-prompt-chars: 32000
              max-answer-chars: 16000
              max-repetition: 0.5
            poisoning:
              principal-cap: 50
              cluster-cap: 20
              window: 1000
              corroboration: none
              trusted: []
            """;

    private static final YAMLMapper MAPPER =
            YAMLMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
                    .build();

    private static final Pattern NEXT_WORD = Pattern.compile("(?<=[a-z])[A-Z]");

    /**
     * The file as it is written. The split is not in it: with another one, what was trained on
     * would be examined with.
     */
    private record Content(double editFloor, QualityRules quality, PoisoningRules poisoning) {

        static Content of(CurationRules rules) {
            return new Content(rules.editFloor(), rules.quality(), rules.poisoning());
        }

        CurationRules rules() {
            return new CurationRules(editFloor, quality, Split.DEFAULT, poisoning);
        }
    }

    private CurationFile() {}

    /**
     * Reads rules.
     *
     * @throws UsageException in one line, naming the file and the problem
     */
    public static CurationRules read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UsageException(
                    "curation rules %s cannot be read: name a YAML file in UTF-8".formatted(file),
                    e);
        } catch (JacksonException e) {
            throw new UsageException("curation rules %s: %s".formatted(file, problem(e)), e);
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "curation rules %s: %s"
                            .formatted(file, asWritten(String.valueOf(e.getMessage()))),
                    e);
        }
    }

    private static CurationRules parse(String yaml) {
        JsonNode given = MAPPER.readTree(yaml);
        if (given.isMissingNode() || given.isNull()) {
            return CurationRules.DEFAULT;
        }
        JsonNode all = given;
        if (given instanceof ObjectNode some) {
            ObjectNode standard = MAPPER.valueToTree(Content.of(CurationRules.DEFAULT));
            some.properties().forEach(rule -> set(standard, rule.getKey(), rule.getValue()));
            all = standard;
        }
        return MAPPER.treeToValue(all, Content.class).rules();
    }

    private static void set(ObjectNode standard, String name, JsonNode given) {
        if (standard.get(name) instanceof ObjectNode group && given instanceof ObjectNode some) {
            group.setAll(some);
        } else {
            standard.set(name, given);
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
                    "%s%s"
                            .formatted(
                                    place.isEmpty() ? "" : place + ": ",
                                    asWritten(String.valueOf(invalid.getCause().getMessage())));
            case InvalidFormatException odd when odd.getTargetType() == Corroboration.class ->
                    "%s is none of [none, second-principal, reviewer]".formatted(place);
            default -> place.isEmpty() ? "it is not YAML" : place + " cannot be read";
        };
    }

    /** Records name their components as Java does. */
    private static String asWritten(String message) {
        return NEXT_WORD
                .matcher(message)
                .replaceAll(word -> "-" + word.group().toLowerCase(Locale.ROOT));
    }
}
