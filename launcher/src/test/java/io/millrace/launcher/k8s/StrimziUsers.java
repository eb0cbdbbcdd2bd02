package io.millrace.launcher.k8s;

import io.millrace.schemas.Topics;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Each {@link KafkaPrincipal} as a Strimzi {@code KafkaUser}. A topic is written by its owners
 * alone; nobody may alter or delete one.
 */
final class StrimziUsers {

    private static final String PREFIX = Topics.DEFAULT_PREFIX;
    private static final String HEADER =
            """
            # Generated from io.millrace.schemas.Topics by StrimziUsers; GeneratedManifestsTest tells how to write it anew.
            """;

    private StrimziUsers() {}

    static String yaml() {
        return KafkaPrincipal.ALL.stream()
                .map(StrimziUsers::user)
                .collect(Collectors.joining("---\n", HEADER, ""));
    }

    private static String user(KafkaPrincipal principal) {
        Stream<String> everyTopic = Stream.of(rule("topic", "prefix", PREFIX + ".", "Describe"));
        Stream<String> reads =
                principal.reads().stream()
                        .flatMap(topic ->
                                Stream.of(
                                        rule("topic", "literal", topic.named(PREFIX), "Read"),
                                        rule(
                                                "topic",
                                                "literal",
                                                topic.deadLetters(PREFIX),
                                                "Read, Write")));
        Stream<String> writes =
                principal.writes().stream()
                        .map(topic -> rule("topic", "literal", topic.named(PREFIX), "Write"));
        return """
        apiVersion: kafka.strimzi.io/v1
        kind: KafkaUser
        metadata:
          name: millrace-%s
          labels:
            strimzi.io/cluster: millrace
        spec:
          authentication:
            type: scram-sha-512
          authorization:
            type: simple
            acls:
        %s\
        """
                .formatted(
                        principal.name(),
                        Stream.of(everyTopic, reads, writes, transactions(principal))
                                .flatMap(rules -> rules)
                                .collect(Collectors.joining()));
    }

    /**
     * A transaction is named after its writer. Kafka Streams names its group, its transactions and
     * its internal topics after the application.
     */
    private static Stream<String> transactions(KafkaPrincipal principal) {
        String id = PREFIX + "-" + principal.name();
        return switch (principal.name()) {
            case "curation" ->
                    Stream.of(
                            rule("group", "prefix", id, "Read, Describe"),
                            rule("transactionalId", "prefix", id, "Describe, Write"),
                            rule("topic", "prefix", id, "Create, Describe, Read, Write, Delete"));
            case "trainer", "evaluator", "deployer" ->
                    Stream.of(rule("transactionalId", "literal", id, "Describe, Write"));
            default -> Stream.empty();
        };
    }

    private static String rule(String type, String pattern, String name, String operations) {
        return """
              - resource: {type: %s, patternType: %s, name: %s}
                operations: [%s]
        """
                .formatted(type, pattern, name, operations);
    }
}
