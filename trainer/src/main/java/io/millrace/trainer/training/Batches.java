package io.millrace.trainer.training;

import io.millrace.model.chat.Tokens;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Length-bucketed batches: sequences of like length together, so that little is padded; the company
 * each keeps, and the order of the batches, are drawn anew for each epoch. Every epoch has as many
 * batches as the next.
 *
 * @param tokensPerBatch most tokens in a batch, padding included; a longer sequence is a batch of
 *     its own
 */
public record Batches(int tokensPerBatch) {

    /** Lengths up to the next multiple of this are alike. */
    private static final int BUCKET = 8;

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
            if (!batch.isEmpty() && (batch.size() + 1) * bucket(next) > tokensPerBatch) {
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

    private static int bucket(Tokens tokens) {
        return Math.ceilDiv(tokens.length(), BUCKET) * BUCKET;
    }
}
