package io.millrace.runtime;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * How this process shows a broker who it is: TLS, SASL and whatever else Kafka's clients know, from
 * the properties file that the environment variable {@value #VARIABLE} names. Kafka's config
 * providers work in it, so that a password may stay in a file of its own. Without the variable
 * there is nothing to add.
 */
final class ClientProperties {

    static final String VARIABLE = "MILLRACE_KAFKA_PROPERTIES";

    private ClientProperties() {}

    static Map<String, Object> ofEnvironment() {
        return of(System.getenv(VARIABLE));
    }

    static Map<String, Object> of(@Nullable String file) {
        if (file == null || file.isBlank()) {
            return Map.of();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file))) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException(
                    "cannot read Kafka's client properties from %s, the file that %s names: %s"
                            .formatted(file, VARIABLE, e),
                    e);
        }
        Map<String, Object> settings = new HashMap<>();
        properties.forEach((name, value) -> settings.put((String) name, value));
        return settings;
    }
}
