package io.millrace.trainer.training;

import io.millrace.model.chat.Tokens;
import io.millrace.trainer.training.Sequences.Sequence;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What is learned in each epoch. Words are left out first and batches are made of what remains, so
 * that sequences of like length stay together.
 */
record Epochs(List<Sequence> sequences, WordDropout dropout, Batches batches, long seed) {

    /**
     * One epoch's batches, the same whenever asked for.
     *
     * @param epoch from 0
     */
    List<List<Tokens>> epoch(int epoch) {
        SplittableRandom random = new SplittableRandom(seed + epoch);
        return batches.epoch(
                sequences.stream().map(sequence -> dropout.apply(sequence, random)).toList(),
                seed + epoch);
    }
}
