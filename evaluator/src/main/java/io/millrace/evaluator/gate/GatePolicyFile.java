package io.millrace.evaluator.gate;

import io.millrace.runtime.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A gate policy as YAML. Every key is required and no other is known, so that a typing error
 * changes nothing silently.
 */
public final class GatePolicyFile {

    private static final String STANDARD = "default-policy.yaml";

    private static final YAMLMapper MAPPER =
            YAMLMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .build();

    private GatePolicyFile() {}

    /**
     * Reads a policy.
     *
     * @throws UsageException in one line, naming the file and every problem
     */
    public static GatePolicy read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new UsageException(
                    "gate policy %s cannot be read: name a YAML file in UTF-8".formatted(file), e);
        }
    }

    /** The policy that holds where the configuration names none. */
    public static GatePolicy standard() {
        try (InputStream yaml = GatePolicyFile.class.getResourceAsStream(STANDARD)) {
            return MAPPER.readValue(yaml, GatePolicy.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static GatePolicy parse(String yaml, String name) {
        try {
            return MAPPER.readValue(yaml, GatePolicy.class);
        } catch (JacksonException e) {
            throw new UsageException("gate policy %s: %s".formatted(name, problem(e)), e);
        }
    }

    private static String problem(JacksonException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                    "unknown key '%s'; known here are %s"
                            .formatted(unknown.getPropertyName(), unknown.getKnownPropertyIds());
            case ValueInstantiationException invalid when invalid.getCause() != null ->
                    String.valueOf(invalid.getCause().getMessage());
            default -> e.getOriginalMessage().lines().findFirst().orElse("not YAML");
        };
    }
}
