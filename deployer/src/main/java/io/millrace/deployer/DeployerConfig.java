package io.millrace.deployer;

import io.millrace.runtime.UsageException;
import java.nio.file.Path;

/**
 * What a deployer needs to know.
 *
 * @param baseModel the base model's Hugging Face style directory
 * @param artefacts the artefact store's root, where adapters lie
 * @param host the address to bind; whoever reaches it may ask
 * @param port where applications ask; 0 for any free one
 * @param maxTokens longest answer where a request names none
 */
public record DeployerConfig(Path baseModel, Path artefacts, String host, int port, int maxTokens) {

    public static final int DEFAULT_MAX_TOKENS = 64;

    public DeployerConfig {
        if (port < 0 || port > 65_535) {
            throw new UsageException(
                    "the serving port %d is none: give 0 to 65535".formatted(port));
        }
        if (maxTokens < 1) {
            throw new UsageException("the default answer length must be at least 1 token");
        }
    }
}
