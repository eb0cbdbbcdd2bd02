package io.millrace.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.millrace.model.artefact.Digest;
import io.millrace.model.chat.ChatFormat;
import io.millrace.model.chat.ChatMessage;
import io.millrace.model.chat.Tokens;
import io.millrace.model.config.ModelConfig;
import io.millrace.model.config.ModelException;
import io.millrace.model.decoder.Decoder;
import io.millrace.model.decoder.Precision;
import io.millrace.model.decoder.Weights;
import io.millrace.model.lora.LoraFiles;
import io.millrace.model.tokenizer.Tokenizer;
import io.millrace.model.torch.Torch;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A Hugging Face style model directory ({@code config.json}, {@code model.safetensors} or its
 * shards, {@code tokenizer.json}), opened: encodes conversations, holds the base weights, answers
 * prompts with or without an adapter. Safe for many threads.
 */
public final class LanguageModel implements AutoCloseable {

    private final LoraFiles.Base base;
    private final ModelConfig config;
    private final Tokenizer tokenizer;
    private final ChatFormat format;
    private final NDManager manager;
    private final NDList weights;
    private final Decoder decoder;
    private final Decoder.Weighting bare;

    private LanguageModel(
            Path directory,
            ModelConfig config,
            Tokenizer tokenizer,
            NDManager manager,
            Precision precision) {
        this.base = LoraFiles.Base.of(directory, config);
        this.config = config;
        this.tokenizer = tokenizer;
        this.format = ChatFormat.read(directory, tokenizer);
        this.manager = manager;
        this.weights = Weights.read(manager, config, directory);
        this.decoder = new Decoder(manager, config, precision);
        this.bare = decoder.weighting(weights);
    }

    /** {@link #open(Path, Precision)} in float32. */
    public static LanguageModel open(Path directory) {
        return open(directory, Precision.F32);
    }

    /**
     * Opens a model directory.
     *
     * @param precision of answers; bfloat16 is about twice as fast, and rounds
     * @throws ModelException when a file is missing, damaged or of a kind that is not supported
     */
    public static LanguageModel open(Path directory, Precision precision) {
        ModelConfig config = ModelConfig.read(directory);
        NDManager manager = Torch.manager();
        try {
            return open(directory, config, manager, precision);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private static LanguageModel open(
            Path directory, ModelConfig config, NDManager manager, Precision precision) {
        Tokenizer tokenizer = Tokenizer.read(directory);
        try {
            if (tokenizer.size() > config.vocabSize()) {
                throw new ModelException(
                        directory
                                + ": tokenizer.json has ids up to "
                                + (tokenizer.size() - 1)
                                + " where config.json has a vocab_size of "
                                + config.vocabSize()
                                + ": they belong to different models");
            }
            return new LanguageModel(directory, config, tokenizer, manager, precision);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** The directory's own name. */
    public String name() {
        return base.name();
    }

    public Digest digest() {
        return base.digest();
    }

    public ModelConfig config() {
        return config;
    }

    /**
     * The base weights in float32, in the order of {@link Weights#slots}; they are not to be
     * changed.
     */
    public NDList weights() {
        return weights;
    }

    /** A training sequence: the conversation, and the answer to learn. */
    public Tokens encode(List<ChatMessage> prompt, String answer) {
        return format.example(prompt, answer);
    }

    /** A conversation up to where the answer begins. */
    public int[] encodePrompt(List<ChatMessage> prompt) {
        return format.prompt(prompt);
    }

    /** What adapters of this model are bound to. */
    public LoraFiles.Base asBase() {
        return base;
    }

    /**
     * Loads a PEFT adapter of this base.
     *
     * @throws ModelException when it is damaged or fits another model
     */
    public Adapter loadAdapter(Path directory) {
        LoraFiles.Lora lora = LoraFiles.read(directory, asBase());
        try (NDManager scratch = manager.newSubManager()) {
            return new Adapter(decoder.weighting(merged(scratch, lora)));
        }
    }

    private NDList merged(NDManager scratch, LoraFiles.Lora lora) {
        NDList merged = new NDList(weights);
        int tensor = 0;
        for (LoraFiles.Slot slot : LoraFiles.slots(config, lora.config())) {
            NDArray a = Weights.array(scratch, lora.tensors().get(tensor++));
            NDArray b = Weights.array(scratch, lora.tensors().get(tensor++));
            int at = Weights.index(config, slot.block(), slot.linear());
            merged.set(at, b.matMul(a).mul(lora.config().scale()).add(weights.get(at)));
        }
        return merged;
    }

    /**
     * Answers prompts in batches; the answers come in the order of the prompts.
     *
     * @param adapter null for the bare base
     * @throws ModelException when a prompt is longer than the context allows
     */
    public List<Generation> generate(
            List<List<ChatMessage>> prompts, GenerationOptions options, @Nullable Adapter adapter) {
        return generator(adapter, null)
                .generate(prompts.stream().map(format::prompt).toList(), options);
    }

    /**
     * Answers one prompt, and tells it piece by piece, in whole characters.
     *
     * @param adapter null for the bare base
     * @throws ModelException when the prompt is longer than the context allows
     */
    public Generation answer(
            List<ChatMessage> prompt,
            GenerationOptions options,
            @Nullable Adapter adapter,
            Consumer<String> listener) {
        return generator(adapter, listener)
                .generate(List.of(format.prompt(prompt)), options)
                .getFirst();
    }

    private Generator generator(@Nullable Adapter adapter, @Nullable Consumer<String> listener) {
        Decoder.Weighting chosen = adapter == null ? bare : adapter.weights();
        return new Generator(decoder, config, tokenizer, format.endToken(), chosen, listener);
    }

    @Override
    public void close() {
        bare.close();
        manager.close();
        tokenizer.close();
    }
}
