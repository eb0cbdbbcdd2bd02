package io.millrace.ingest.curation;

import io.millrace.ingest.SettingsFile;
import io.millrace.runtime.UsageException;
import java.nio.file.Path;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
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

    /** Stricter than what other settings are read by: a number in quotes is a mistake. */
    private static final YAMLMapper MAPPER =
            SettingsFile.MAPPER
                    .rebuild()
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .build();

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
        return SettingsFile.read("curation rules", file, CurationFile::parse);
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
}
