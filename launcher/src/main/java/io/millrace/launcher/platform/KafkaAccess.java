package io.millrace.launcher.platform;

import io.millrace.launcher.broker.DataDirectory;
import io.millrace.launcher.broker.EmbeddedBroker;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.MillraceException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Kafka to talk to, and the broker behind it when that runs here. */
public final class KafkaAccess implements AutoCloseable {

    private final KafkaSettings settings;
    private final @Nullable EmbeddedBroker broker;

    private KafkaAccess(KafkaSettings settings, @Nullable EmbeddedBroker broker) {
        this.settings = settings;
        this.broker = broker;
    }

    /**
     * For a platform: the embedded broker is ours to start, in a data directory made if need be.
     */
    static KafkaAccess forPlatform(PlatformConfig config) {
        return switch (config.kafka()) {
            case KafkaChoice.External(String servers) -> external(servers, config.topicPrefix());
            case KafkaChoice.Embedded() ->
                    embedded(
                            DataDirectory.open(config.dataDirectory()),
                            config.ports().broker(),
                            config.topicPrefix());
        };
    }

    /**
     * For a question: the platform that runs on the data directory answers it, else the broker is
     * started for as long as it takes.
     *
     * @throws MillraceException when there is nothing to ask
     */
    public static KafkaAccess forQuestion(
            KafkaChoice kafka, Path dataDirectory, String topicPrefix) {
        return switch (kafka) {
            case KafkaChoice.External(String servers) -> external(servers, topicPrefix);
            case KafkaChoice.Embedded() -> {
                DataDirectory directory =
                        DataDirectory.existing(dataDirectory)
                                .orElseThrow(() ->
                                        new MillraceException(
                                                "there is no data in %s: run 'millrace demo' or 'millrace up' first, or name another --data-dir"
                                                        .formatted(dataDirectory)));
                Optional<String> running = directory.runningBroker();
                yield running.isPresent()
                        ? external(running.get(), topicPrefix)
                        : embedded(directory, 0, topicPrefix);
            }
        };
    }

    private static KafkaAccess external(String servers, String topicPrefix) {
        return new KafkaAccess(new KafkaSettings(servers, topicPrefix), null);
    }

    private static KafkaAccess embedded(DataDirectory directory, int port, String topicPrefix) {
        EmbeddedBroker broker = EmbeddedBroker.start(directory, port);
        return new KafkaAccess(new KafkaSettings(broker.bootstrapServers(), topicPrefix), broker);
    }

    public KafkaSettings settings() {
        return settings;
    }

    @Override
    public void close() {
        if (broker != null) {
            broker.close();
        }
    }
}
