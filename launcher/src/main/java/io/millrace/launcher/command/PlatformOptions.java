package io.millrace.launcher.command;

import io.millrace.launcher.broker.DataDirectory;
import io.millrace.launcher.platform.KafkaAccess;
import io.millrace.launcher.platform.KafkaChoice;
import io.millrace.schemas.Topics;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Millrace a command is about. */
final class PlatformOptions {

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "where Kafka, models and reports are kept (default: ${DEFAULT-VALUE})")
    private Path dataDirectory = Path.of(".millrace");

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "your Kafka instead of the embedded one")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            description = "what the names of topics begin with (default: ${DEFAULT-VALUE})")
    private String topicPrefix = Topics.DEFAULT_PREFIX;

    Path dataDirectory() {
        return dataDirectory;
    }

    String topicPrefix() {
        return topicPrefix;
    }

    KafkaChoice kafka() {
        return bootstrapServers == null
                ? new KafkaChoice.Embedded()
                : new KafkaChoice.External(bootstrapServers);
    }

    /** A Kafka to ask, which logs into the data directory while it is ours. */
    KafkaAccess question() {
        if (bootstrapServers == null) {
            DataDirectory.existing(dataDirectory).ifPresent(Logging::into);
        }
        return KafkaAccess.forQuestion(kafka(), dataDirectory, topicPrefix);
    }
}
