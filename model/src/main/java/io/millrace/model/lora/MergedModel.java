package io.millrace.model.lora;

import io.millrace.model.artefact.ArtefactStore;
import io.millrace.model.artefact.Digest;
import io.millrace.model.config.ModelConfig;
import io.millrace.model.config.ModelException;
import io.millrace.model.decoder.Weights;
import io.millrace.model.safetensors.Checkpoint;
import io.millrace.model.safetensors.DataType;
import io.millrace.model.safetensors.SafetensorsWriter;
import io.millrace.model.safetensors.SafetensorsWriter.Planned;
import io.millrace.model.safetensors.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A base and its adapter as one Hugging Face model directory, which any tool opens that knows
 * nothing of adapters. Every tensor keeps the format that the base stores it in: in BF16 and F16
 * what is merged is rounded to it, where an adapter beside its base is not.
 *
 * @param base the base's name
 * @param lora the shape of the adapter
 * @param layers how many weights it changed
 * @param formats of the tensors
 * @param digest of the merged model, to which adapters of it would be bound
 */
public record MergedModel(
        String base, LoraConfig lora, int layers, Set<DataType> formats, Digest digest) {

    /** What lies beside the weights and is copied as it is. */
    private static final Pattern COMPANION =
            Pattern.compile(
                    "config\\.json|generation_config\\.json|tokenizer.*\\.json|added_tokens\\.json"
                            + "|special_tokens_map\\.json|vocab\\.json|merges\\.txt"
                            + "|tokenizer\\.model|chat_template\\.(jinja|json)"
                            + "|(LICENSE|NOTICE|USE_POLICY).*");

    public MergedModel {
        formats = Set.copyOf(formats);
    }

    /**
     * Merges, one tensor after another.
     *
     * @param output a directory that is not there yet; it is made once the model is whole, and only
     *     then. Its {@code model.safetensors} says {@code base_sha256} and {@code adapter_sha256}
     * @throws ModelException when {@code output} is there or can't be written, the base or the
     *     adapter is damaged, the adapter is another base's, or a merged number does not fit its
     *     format
     */
    public static MergedModel write(Path model, Path adapter, Path output) {
        if (Files.exists(output)) {
            throw new ModelException(output + " is there already: name a new directory");
        }
        LoraFiles.Base base = LoraFiles.Base.of(model, ModelConfig.read(model));
        LoraFiles.Lora lora = LoraFiles.read(adapter, base);
        Map<String, String> origin =
                Map.of(
                        "base_sha256", base.digest().hex(),
                        "adapter_sha256", ArtefactStore.digestOf(adapter).hex());
        Path whole = output.toAbsolutePath().normalize();
        Path unfinished = whole.resolveSibling(whole.getFileName() + ".part");
        try {
            delete(unfinished);
            Files.createDirectories(unfinished);
            try {
                copyCompanions(model, unfinished);
                MergedModel merged = write(model, base, lora, origin, unfinished);
                Files.move(unfinished, whole, StandardCopyOption.ATOMIC_MOVE);
                return merged;
            } finally {
                delete(unfinished);
            }
        } catch (IOException e) {
            throw new ModelException(output + " can't be written: " + e.getMessage(), e);
        }
    }

    private static MergedModel write(
            Path model,
            LoraFiles.Base base,
            LoraFiles.Lora lora,
            Map<String, String> origin,
            Path directory) {
        LoraMerge merge = new LoraMerge(base.config(), lora);
        Set<DataType> formats = EnumSet.noneOf(DataType.class);
        try (Checkpoint checkpoint = Checkpoint.open(model)) {
            Weights.refuseOthers(checkpoint, base.config());
            List<Weights.Slot> slots = Weights.slots(base.config());
            List<Planned> plan =
                    slots.stream()
                            .map(s -> new Planned(s.name(), checkpoint.type(s.name()), s.shape()))
                            .toList();
            plan.forEach(planned -> formats.add(planned.type()));
            Iterator<Tensor> tensors =
                    slots.stream()
                            .map(s -> merge.merged(checkpoint.read(s.name(), s.shape())))
                            .iterator();
            SafetensorsWriter.write(directory.resolve("model.safetensors"), plan, tensors, origin);
        }
        Digest digest = LoraFiles.Base.of(directory, base.config()).digest();
        return new MergedModel(base.name(), lora.config(), merge.layers(), formats, digest);
    }

    private static void copyCompanions(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (COMPANION.matcher(name).matches()) {
                    Files.copy(file, to.resolve(name));
                }
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
