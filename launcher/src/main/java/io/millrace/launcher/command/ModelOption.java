package io.millrace.launcher.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which base model. */
final class ModelOption {

    @Option(
            names = "--base-model",
            paramLabel = "DIR",
            description =
                    "config.json, model.safetensors and tokenizer.json (default: the shipped one)")
    private @Nullable Path directory;

    Path directory() {
        return directory == null ? Home.resolve("model/base") : directory;
    }
}
