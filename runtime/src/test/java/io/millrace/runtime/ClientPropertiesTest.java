package io.millrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientPropertiesTest {

    @TempDir private Path directory;

    @Test
    void without_a_file_there_is_nothing_to_add() {
        assertThat(ClientProperties.of(null)).isEmpty();
    }

    @Test
    void what_the_file_says_reaches_every_client() throws IOException {
        Path file =
                Files.writeString(
                        directory.resolve("client.properties"), "security.protocol=SASL_SSL\n");

        assertThat(ClientProperties.of(file.toString()))
                .containsEntry("security.protocol", "SASL_SSL");
    }

    @Test
    void a_file_that_is_not_there_is_named_with_the_variable_that_names_it() {
        String file = directory.resolve("nowhere.properties").toString();

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> ClientProperties.of(file))
                .withMessageContainingAll(file, "MILLRACE_KAFKA_PROPERTIES");
    }
}
