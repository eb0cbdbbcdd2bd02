package io.millrace.model.lora;

import io.millrace.model.artefact.Digest;
import io.millrace.model.chat.ChatFormats;
import io.millrace.model.config.ModelConfig;
import io.millrace.model.config.ModelException;
import io.millrace.model.decoder.Linear;
import io.millrace.model.decoder.Weights;
import io.millrace.model.safetensors.Checkpoint;
import io.millrace.model.safetensors.DataType;
import io.millrace.model.safetensors.Safetensors;
import io.millrace.model.safetensors.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Adapters in the files of Hugging Face's PEFT: {@code adapter_config.json} and {@code
 * adapter_model.safetensors}, which vLLM loads too. The same adapter gives the same bytes.
 */
public final class LoraFiles {

    private static final String CONFIG = "adapter_config.json";
    private static final String MODEL = "adapter_model.safetensors";
    private static final String BASE_DIGEST = "base_sha256";

    /** An adapter's numbers: A and B of each target of each block, in order. */
    public record Lora(LoraConfig config, List<Tensor> tensors) {}

    /** One trained layer: {@code a (rank, in)}, {@code b (out, rank)}. */
    public record Slot(int block, Linear linear, Weights.Slot a, Weights.Slot b) {}

    /**
     * What an adapter is trained beside: the numbers of another base make no sense of it.
     *
     * @param name the directory's own
     * @param digest of the names and contents of the configuration, the weights, with their index
     *     where they are sharded, the tokenizer, and a chat format of its own, whatever else lies
     *     beside them
     */
    public record Base(String name, Digest digest, ModelConfig config) {

        /**
         * The base of a model directory.
         *
         * @throws ModelException when a file is missing
         */
        public static Base of(Path directory, ModelConfig config) {
            List<String> files = new ArrayList<>(List.of("config.json"));
            files.addAll(Checkpoint.files(directory));
            files.add("tokenizer.json");
            if (Files.exists(directory.resolve(ChatFormats.OWN))) {
                files.add(ChatFormats.OWN);
            }
            String name = directory.toAbsolutePath().normalize().getFileName().toString();
            return new Base(name, digestOf(directory, files), config);
        }

        private static Digest digestOf(Path directory, List<String> files) {
            StringBuilder listing = new StringBuilder();
            try {
                for (String file : files) {
                    listing.append(file)
                            .append(' ')
                            .append(Digest.of(directory.resolve(file)))
                            .append('\n');
                }
            } catch (IOException e) {
                throw new ModelException(
                        directory
                                + " is not a whole model: can't read "
                                + e.getMessage()
                                + "; it needs "
                                + files,
                        e);
            }
            return Digest.of(listing.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private LoraFiles() {}

    /** Every trained layer of a model, in order. */
    public static List<Slot> slots(ModelConfig model, LoraConfig lora) {
        List<Slot> slots = new ArrayList<>();
        for (int block = 0; block < model.layers(); block++) {
            for (Linear linear : lora.targets()) {
                String name = "base_model.model." + Weights.blockName(block) + linear.path();
                slots.add(
                        new Slot(
                                block,
                                linear,
                                new Weights.Slot(
                                        name + ".lora_A.weight", lora.rank(), linear.inputs(model)),
                                new Weights.Slot(
                                        name + ".lora_B.weight",
                                        linear.outputs(model),
                                        lora.rank())));
            }
        }
        return slots;
    }

    /** Writes an adapter of a base into an existing directory. */
    public static void write(Path directory, Base base, Lora lora) {
        try {
            Files.writeString(
                    directory.resolve(CONFIG), AdapterConfigJson.write(base.name(), lora.config()));
        } catch (IOException e) {
            throw new ModelException(
                    directory + ": can't write " + CONFIG + ": " + e.getMessage(), e);
        }
        Safetensors.write(
                directory.resolve(MODEL),
                lora.tensors(),
                DataType.F32,
                Map.of(BASE_DIGEST, base.digest().hex()));
    }

    /**
     * Reads an adapter of a base. Where its file tells the base's digest, it must be this one.
     *
     * @throws ModelException when a file is missing or damaged, or the adapter fits another model
     */
    public static Lora read(Path directory, Base base) {
        LoraConfig config = AdapterConfigJson.read(directory.resolve(CONFIG));
        List<Tensor> tensors = new ArrayList<>();
        try (Safetensors file = Safetensors.open(directory.resolve(MODEL))) {
            String trainedOn = file.metadata().getOrDefault(BASE_DIGEST, base.digest().hex());
            if (!trainedOn.equals(base.digest().hex())) {
                throw new ModelException(
                        directory
                                + " adapts another base (sha256 "
                                + trainedOn
                                + ") than "
                                + base.name()
                                + " (sha256 "
                                + base.digest()
                                + "): open the base it was trained on");
            }
            for (Slot slot : slots(base.config(), config)) {
                tensors.add(file.read(slot.a().name(), slot.a().shape()));
                tensors.add(file.read(slot.b().name(), slot.b().shape()));
            }
            if (file.names().size() != tensors.size()) {
                throw new ModelException(
                        directory
                                + " adapts layers that "
                                + CONFIG
                                + " does not name, or more blocks than the base has");
            }
        }
        return new Lora(config, tensors);
    }
}
