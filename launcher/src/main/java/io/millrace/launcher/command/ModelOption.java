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
                    "config.json, tokenizer.json and safetensors of a Llama, Qwen or Mistral (default:"
                            + " the shipped one)")
    private @Nullable Path directory;

    Path directory() {
        return directory == null ? Home.resolve("model/base") : directory;
    }
}
