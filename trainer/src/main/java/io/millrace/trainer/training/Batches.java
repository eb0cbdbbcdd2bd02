package io.millrace.trainer.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;

/**
 * Length-bucketed batches: sequences of like length together, so that little is padded; the company
 * each keeps, and the order of the batches, are drawn anew for each epoch. Every epoch has as many
 * batches as the next.
 *
 * @param tokensPerBatch most tokens in a batch, padding included; a longer sequence is a batch of
 *     its own
 * @param length of a sequence, in tokens
 */
public record Batches<S>(int tokensPerBatch, ToIntFunction<S> length) {

    /** Lengths up to the next multiple of this are alike: they are padded to it. */
    private static final int BUCKET = 8;

    /** Rows are padded to a multiple of this, so that a full batch has such a number of them. */
    private static final int ROWS = 4;

    /** One epoch's batches. */
    public List<List<S>> epoch(List<S> sequences, long seed) {
        Random random = new Random(seed);
        List<S> order = new ArrayList<>(sequences);
        Collections.shuffle(order, random);
        order.sort(Comparator.comparingInt(this::bucket));
        List<List<S>> batches = cut(order);
        Collections.shuffle(batches, random);
        return batches;
    }

    private List<List<S>> cut(List<S> byLength) {
        List<List<S>> batches = new ArrayList<>();
        List<S> batch = new ArrayList<>();
        for (S next : byLength) {
            if (!batch.isEmpty() && batch.size() >= mostRows(bucket(next))) {
                batches.add(batch);
                batch = new ArrayList<>();
            }
            batch.add(next);
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }

    private int mostRows(int tokens) {
        int rows = tokensPerBatch / tokens;
        return rows < ROWS ? rows : rows / ROWS * ROWS;
    }

    private int bucket(S sequence) {
        return Math.ceilDiv(length.applyAsInt(sequence), BUCKET) * BUCKET;
    }
}
