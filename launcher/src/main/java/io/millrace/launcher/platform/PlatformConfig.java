package io.millrace.launcher.platform;

import java.nio.file.Path;

/**
 * One Millrace.
 *
 * @param dataDirectory where the embedded Kafka, artefacts and reports lie
 * @param baseModel the Hugging Face style directory of the model that is tuned
 * @param behindProxy whether a proxy in front of the gateway checks callers
 */
public record PlatformConfig(
        Path dataDirectory,
        KafkaChoice kafka,
        String topicPrefix,
        Path baseModel,
        Ports ports,
        LoopConfig loop,
        boolean behindProxy) {

    /** One without a proxy. */
    public PlatformConfig(
            Path dataDirectory,
            KafkaChoice kafka,
            String topicPrefix,
            Path baseModel,
            Ports ports,
            LoopConfig loop) {
        this(dataDirectory, kafka, topicPrefix, baseModel, ports, loop, false);
    }

    /** Where a data directory keeps who may write to the gateway, and how much. */
    public Path gatewayFile() {
        return dataDirectory.resolve("gateway.yaml");
    }

    /** Where a data directory keeps what redaction looks for, for gateway and curation alike. */
    public Path redactionFile() {
        return dataDirectory.resolve("redaction.yaml");
    }

    /** This with other decisions. */
    public PlatformConfig with(LoopConfig others) {
        return new PlatformConfig(
                dataDirectory, kafka, topicPrefix, baseModel, ports, others, behindProxy);
    }
}
