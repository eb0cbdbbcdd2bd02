package io.millrace.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.millrace.model.chat.Tokens;
import io.millrace.model.config.ModelConfig;
import io.millrace.model.config.ModelException;
import java.util.Arrays;
import java.util.List;

/**
 * Sequences side by side, padded on the right with token 0, which carries no loss and which causal
 * attention never sees. Every extent is rounded up: each new shape costs the engine the making of
 * its kernels, so that a few shapes that come back are faster than many that fit.
 *
 * @param ids {@code (batch, longest)}
 * @param rows flattened positions whose next token is a response token, {@code (responseTokens)};
 *     the padding points to position 0
 * @param targets those next tokens, {@code (responseTokens)}; the padding is -100, which
 *     cross-entropy leaves out
 */
record Batch(NDArray ids, NDArray rows, NDArray targets) {

    private static final int LENGTH_STEP = 8;
    private static final int BATCH_STEP = 4;
    private static final int RESPONSE_STEP = 64;
    private static final long NO_TARGET = -100;

    static Batch of(NDManager manager, List<Tokens> sequences, ModelConfig config) {
        int longest = longest(sequences, config.maxPositions());
        int size = roundUp(sequences.size(), BATCH_STEP);
        int responses =
                roundUp(sequences.stream().mapToInt(Tokens::responseLength).sum(), RESPONSE_STEP);
        long[] ids = new long[size * longest];
        long[] rows = new long[responses];
        long[] targets = new long[responses];
        Arrays.fill(targets, NO_TARGET);
        int next = 0;
        for (int s = 0; s < sequences.size(); s++) {
            Tokens sequence = sequences.get(s);
            for (int i = 0; i < sequence.length(); i++) {
                ids[s * longest + i] = sequence.ids()[i];
                if (i >= sequence.responseStart()) {
                    rows[next] = (long) s * longest + i - 1;
                    targets[next++] = sequence.ids()[i];
                }
            }
        }
        return new Batch(
                manager.create(ids, new Shape(size, longest)),
                manager.create(rows),
                manager.create(targets));
    }

    private static int longest(List<Tokens> sequences, int maxPositions) {
        int longest = sequences.stream().mapToInt(Tokens::length).max().orElseThrow();
        if (longest > maxPositions) {
            throw new ModelException(
                    "a training sequence has "
                            + longest
                            + " tokens; this model's context is "
                            + maxPositions);
        }
        return Math.min(roundUp(longest, LENGTH_STEP), maxPositions);
    }

    private static int roundUp(int extent, int step) {
        return Math.ceilDiv(extent, step) * step;
    }
}
