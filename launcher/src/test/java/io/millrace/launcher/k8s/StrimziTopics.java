package io.millrace.launcher.k8s;

import io.millrace.schemas.Topic;
import io.millrace.schemas.Topics;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The catalogue as Strimzi {@code KafkaTopic} resources, each topic followed by its dead letters.
 */
final class StrimziTopics {

    private static final String HEADER =
            """
            # Generated from io.millrace.schemas.Topics by StrimziTopics; GeneratedManifestsTest tells how to write it anew.
            # No topic names its replicas: the broker's default.replication.factor decides.
            """;

    private StrimziTopics() {}

    static String yaml() {
        return Topics.all().stream()
                .flatMap(topic -> Stream.of(topic(topic), deadLetters(topic)))
                .collect(Collectors.joining("---\n", HEADER, ""));
    }

    private static String topic(Topic<?> topic) {
        return resource(topic.named(Topics.DEFAULT_PREFIX), topic.partitions(), topic.config());
    }

    private static String deadLetters(Topic<?> topic) {
        return resource(topic.deadLetters(Topics.DEFAULT_PREFIX), 1, Topic.deadLettersConfig());
    }

    private static String resource(String name, int partitions, Map<String, String> config) {
        return """
        apiVersion: kafka.strimzi.io/v1
        kind: KafkaTopic
        metadata:
          name: %s
          labels:
            strimzi.io/cluster: millrace
        spec:
          partitions: %d
          config:
        %s\
        """
                .formatted(name, partitions, settings(config));
    }

    private static String settings(Map<String, String> config) {
        return new TreeMap<>(config)
                .entrySet().stream()
                        .map(setting ->
                                "    %s: %s\n".formatted(setting.getKey(), setting.getValue()))
                        .collect(Collectors.joining());
    }
}
