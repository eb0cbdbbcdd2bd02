package io.millrace.trainer.training;

import io.millrace.model.chat.Tokens;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Length-bucketed batches: sequences of like length together, so that little is padded; the company
 * each keeps, and the order of the batches, are drawn anew for each epoch. The same sequences make
 * as many batches in every epoch.
 *
 * @param tokensPerBatch most tokens in a batch, padding included; a longer sequence is a batch of
 *     its own
 */
public record Batches(int tokensPerBatch) {

    /** Lengths up to the next multiple of this are alike: they are padded to it. */
    private static final int BUCKET = 8;

    /** Rows are padded to a multiple of this, so that a full batch has such a number of them. */
    private static final int ROWS = 4;

    /** One epoch's batches. */
    public List<List<Tokens>> epoch(List<Tokens> sequences, long seed) {
        Random random = new Random(seed);
        List<Tokens> order = new ArrayList<>(sequences);
        Collections.shuffle(order, random);
        order.sort(Comparator.comparingInt(Batches::bucket));
        List<List<Tokens>> batches = cut(order);
        Collections.shuffle(batches, random);
        return batches;
    }

    private List<List<Tokens>> cut(List<Tokens> byLength) {
        List<List<Tokens>> batches = new ArrayList<>();
        List<Tokens> batch = new ArrayList<>();
        for (Tokens next : byLength) {
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

    private static int bucket(Tokens sequence) {
        return Math.ceilDiv(sequence.length(), BUCKET) * BUCKET;
    }
}
