package io.millrace.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import io.millrace.model.config.ModelConfig;
import io.millrace.model.torch.Script;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The forward pass for generation. One instance serves any number of threads and any number of
 * {@linkplain Weighting weight lists} of the same shape, such as a base and its merged adapters.
 */
public final class Decoder {

    private final ModelConfig config;
    private final Precision precision;
    private final NDManager manager;
    private final Script program;
    private final NDArray cos;
    private final NDArray sin;

    /** Compiles the program for a shape; everything it makes belongs to {@code manager}. */
    public Decoder(NDManager manager, ModelConfig config, Precision precision) {
        this.config = config;
        this.precision = precision;
        this.manager = manager;
        this.program = Script.compile(manager, Program.generation(config, precision));
        Rope rope = Rope.of(manager, config);
        this.cos = cast(manager, rope.cos());
        this.sin = cast(manager, rope.sin());
    }

    /** A list of weights in this decoder's precision, laid out for its products. */
    public static final class Weighting implements AutoCloseable {

        private final IValue list;

        private Weighting(IValue list) {
            this.list = list;
        }

        @Override
        public void close() {
            list.close();
        }
    }

    /**
     * Packs float32 weights, in the order of {@link Weights#slots}; they can be closed afterwards.
     */
    public Weighting weighting(NDList weights) {
        try (IValue argument = Script.list(weights)) {
            return new Weighting(program.call("pack", argument));
        }
    }

    private NDArray cast(NDManager owner, NDArray array) {
        if (precision == Precision.F32) {
            NDArray copy = array.duplicate();
            copy.attach(owner);
            return copy;
        }
        try (IValue argument = Script.tensor(array)) {
            return program.infer(owner, "cast", argument).singletonOrThrow();
        }
    }

    /**
     * A batch under way: its cache, and how long each sequence is. Rows never mix. A row that has
     * ended may go on being fed any token; one that is full stays at its last place, and its logits
     * mean nothing from then on.
     */
    public final class Session implements AutoCloseable {

        private final NDManager owner = manager.newSubManager();
        private final Weighting weights;
        private final int batch;
        private final int capacity;
        private final long[] lengths;
        private final IValue keys;
        private final IValue values;

        private Session(Weighting weights, int batch, int capacity) {
            this.weights = weights;
            this.batch = batch;
            this.capacity = capacity;
            this.lengths = new long[batch];
            this.keys = Script.list(cache());
            this.values = Script.list(cache());
        }

        private List<NDArray> cache() {
            NDList cache = new NDList();
            Shape shape = new Shape(batch, config.kvHeads(), capacity, config.headDim());
            for (int i = 0; i < config.layers(); i++) {
                try (NDArray zeros = manager.zeros(shape)) {
                    cache.add(cast(owner, zeros));
                }
            }
            return cache;
        }

        /**
         * Reads the prompts; gives the logits {@code (batch, vocabulary)} of each one's next token,
         * row after row.
         */
        public float[] prefill(List<int[]> prompts) {
            int longest = prompts.stream().mapToInt(p -> p.length).max().orElseThrow();
            long[] ids = new long[batch * longest];
            long[] at = new long[batch * longest];
            long[] last = new long[batch];
            for (int row = 0; row < batch; row++) {
                int[] prompt = prompts.get(row);
                for (int i = 0; i < longest; i++) {
                    ids[row * longest + i] = i < prompt.length ? prompt[i] : 0;
                    at[row * longest + i] = i;
                }
                lengths[row] = prompt.length;
                last[row] = (long) row * longest + prompt.length - 1;
            }
            return forward(ids, at, longest, last);
        }

        /** Adds one token to each sequence; gives the logits of the next one. */
        public float[] decode(int[] tokens) {
            long[] ids = Arrays.stream(tokens).asLongStream().toArray();
            long longest = Arrays.stream(lengths).max().orElseThrow() + 1;
            float[] logits = forward(ids, lengths, longest, LongStream.range(0, batch).toArray());
            Arrays.setAll(lengths, row -> Math.min(lengths[row] + 1, capacity - 1));
            return logits;
        }

        private float[] forward(long[] ids, long[] at, long longest, long[] asked) {
            Shape shape = new Shape(batch, ids.length / batch);
            try (NDManager step = manager.newSubManager();
                    IValue idsValue = Script.tensor(step.create(ids, shape));
                    IValue atValue = Script.tensor(step.create(at.clone(), shape));
                    IValue longestValue = IValue.from(longest);
                    IValue askedValue = Script.tensor(step.create(asked));
                    IValue cosValue = Script.tensor(cos);
                    IValue sinValue = Script.tensor(sin)) {
                return program.infer(
                                step,
                                "forward",
                                idsValue,
                                atValue,
                                longestValue,
                                askedValue,
                                cosValue,
                                sinValue,
                                keys,
                                values,
                                weights.list)
                        .singletonOrThrow()
                        .toFloatArray();
            }
        }

        @Override
        public void close() {
            keys.close();
            values.close();
            owner.close();
        }
    }

    /**
     * Opens a batch.
     *
     * @param batch sequences
     * @param capacity longest sequence, prompt and answer together, in tokens
     */
    public Session session(Weighting weights, int batch, int capacity) {
        return new Session(weights, batch, capacity);
    }
}
