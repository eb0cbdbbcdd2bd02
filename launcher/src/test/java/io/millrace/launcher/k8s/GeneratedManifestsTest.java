package io.millrace.launcher.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * To write the files anew: {@code mvn test -pl launcher -am -Dtest=GeneratedManifestsTest
 * -Dgolden=write -Dsurefire.failIfNoSpecifiedTests=false}, then read the difference.
 */
class GeneratedManifestsTest {

    @Test
    void the_topics_of_the_cluster_are_those_of_the_catalogue() throws IOException {
        assertGolden(StrimziTopics.yaml(), "topics.yaml");
    }

    @Test
    void the_users_of_the_cluster_may_write_what_the_catalogue_says_they_own() throws IOException {
        assertGolden(StrimziUsers.yaml(), "users.yaml");
    }

    private static void assertGolden(String yaml, String name) throws IOException {
        Path file = Path.of("../k8s/base").resolve(name);
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(file, yaml);
        }
        assertThat(yaml).isEqualTo(Files.readString(file));
    }
}
