package io.millrace.launcher.command;

import io.millrace.model.lora.MergedModel;
import io.millrace.model.safetensors.DataType;
import io.millrace.runtime.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes one model of a base and an adapter. */
@Command(
        name = "merge",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Merges a LoRA adapter into the weights of its model: a Hugging Face directory in the model's own number"
                        + " format comes out, which needs no adapter. The same model and adapter give the same bytes.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the merged model is there",
            "1:a file is damaged, the adapter is another model's, or a number does not fit; nothing was written",
            "2:the options make no sense"
        })
final class MergeCommand implements Callable<Integer> {

    @Option(
            names = "--model",
            required = true,
            paramLabel = "DIR",
            description = "config.json, safetensors and tokenizer.json")
    private Path model = Path.of("");

    @Option(
            names = "--adapter",
            required = true,
            paramLabel = "DIR",
            description = "a PEFT adapter of this model")
    private Path adapter = Path.of("");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description =
                    "a new directory for model.safetensors and copies of config.json and the tokenizer's files")
    private Path output = Path.of("");

    @Mixin private AnswerOption answer = new AnswerOption();

    /**
     * What came of it.
     *
     * @param layers weights that were changed
     * @param scale the factor on the adapter's product
     * @param formats of the numbers
     * @param sha256 names the merged model, as a base
     */
    record Merged(
            String model,
            String base,
            int rank,
            double scale,
            List<String> targets,
            int layers,
            List<String> formats,
            String sha256) {}

    @Override
    public Integer call() {
        if (Files.exists(output)) {
            throw new UsageException(
                    "--out: %s is there already: name a new directory".formatted(output));
        }
        MergedModel merged = MergedModel.write(model, adapter, output);
        conclude(
                new Merged(
                        output.toString(),
                        merged.base(),
                        merged.lora().rank(),
                        merged.lora().scale(),
                        merged.lora().targetModules(),
                        merged.layers(),
                        merged.formats().stream().sorted().map(DataType::name).toList(),
                        merged.digest().hex()));
        return 0;
    }

    private void conclude(Merged merged) {
        answer.print(
                merged,
                "merged an adapter of rank %d into %,d weights of %s: the model is in %s (%s, sha256 %s)%n"
                        .formatted(
                                merged.rank(),
                                merged.layers(),
                                merged.base(),
                                merged.model(),
                                String.join(", ", merged.formats()),
                                merged.sha256()));
    }
}
