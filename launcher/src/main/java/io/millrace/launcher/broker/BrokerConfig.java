package io.millrace.launcher.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The settings of the {@linkplain EmbeddedBroker embedded broker}: one node, small buffers, short
 * time-outs. All of it is Kafka's own configuration.
 */
final class BrokerConfig {

    static final String HOST = "127.0.0.1";
    static final int NODE_ID = 1;
    static final String CONTROLLER = "CONTROLLER";

    private static final String TEN_YEARS_IN_MINUTES = "5256000";
    private static final int MIB = 1 << 20;

    /** One node: every internal topic has one replica. */
    private static final Map<String, String> ONE_REPLICA =
            Map.of(
                    "default.replication.factor", "1",
                    "min.insync.replicas", "1",
                    "offsets.topic.replication.factor", "1",
                    "transaction.state.log.replication.factor", "1",
                    "transaction.state.log.min.isr", "1",
                    "share.coordinator.state.topic.replication.factor", "1",
                    "share.coordinator.state.topic.min.isr", "1");

    /**
     * One process shared with everything else: few threads, few partitions, small buffers, small
     * segments.
     */
    private static final Map<String, String> SMALL =
            Map.of(
                    "num.network.threads", "2",
                    "num.io.threads", "3",
                    "background.threads", "2",
                    "offsets.topic.num.partitions", "3",
                    "transaction.state.log.num.partitions", "3",
                    "share.coordinator.state.topic.num.partitions", "1",
                    "log.cleaner.dedupe.buffer.size", Integer.toString(4 * MIB),
                    "log.segment.bytes", Integer.toString(64 * MIB),
                    "log.index.size.max.bytes", Integer.toString(MIB));

    /**
     * After a kill the next start waits out the dead broker's session, and a broker that a busy
     * machine holds up for longer is fenced. Groups and streams start without a pause.
     */
    private static final Map<String, String> PROMPT =
            Map.of(
                    "broker.session.timeout.ms", "9000",
                    "broker.heartbeat.interval.ms", "1000",
                    "group.initial.rebalance.delay.ms", "0",
                    "group.streams.initial.rebalance.delay.ms", "0");

    /**
     * A machine may stand still for longer than Kafka's week: with its offsets forgotten, curation
     * would start over and do everything twice.
     */
    private static final Map<String, String> LASTING =
            Map.of(
                    "offsets.retention.minutes",
                    TEN_YEARS_IN_MINUTES,
                    "auto.create.topics.enable",
                    "false");

    private BrokerConfig() {}

    static Map<String, String> properties(Path log, int port, int controllerPort) {
        Map<String, String> properties = new HashMap<>();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", Integer.toString(NODE_ID));
        properties.put("log.dirs", log.toString());
        properties.put(
                "listeners",
                "PLAINTEXT://%s:%d,%s://%s:%d"
                        .formatted(HOST, port, CONTROLLER, HOST, controllerPort));
        properties.put(
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,%s:PLAINTEXT".formatted(CONTROLLER));
        properties.put("inter.broker.listener.name", "PLAINTEXT");
        properties.put("controller.listener.names", CONTROLLER);
        properties.put(
                "controller.quorum.voters", "%d@%s:%d".formatted(NODE_ID, HOST, controllerPort));
        properties.putAll(ONE_REPLICA);
        properties.putAll(SMALL);
        properties.putAll(PROMPT);
        properties.putAll(LASTING);
        return properties;
    }
}
