package io.millrace.launcher.platform;

import java.nio.file.Path;

/**
 * One Millrace.
 *
 * @param dataDirectory where the embedded Kafka, artefacts and reports lie
 * @param baseModel the Hugging Face style directory of the model that is tuned
 */
public record PlatformConfig(
        Path dataDirectory,
        KafkaChoice kafka,
        String topicPrefix,
        Path baseModel,
        Ports ports,
        LoopConfig loop) {

    /** This with other decisions. */
    public PlatformConfig with(LoopConfig others) {
        return new PlatformConfig(dataDirectory, kafka, topicPrefix, baseModel, ports, others);
    }
}
