package io.millrace.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.chat.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchesTest {

    private final Batches batches = new Batches(256);
    private final List<Tokens> sequences = sequences(500);

    @Test
    void everySequenceIsInExactlyOneBatch() {
        assertThat(batches.epoch(sequences, 1).stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(sequences);
    }

    @Test
    void noBatchIsLargerThanAllowedWithItsPadding() {
        assertThat(batches.epoch(sequences, 1))
                .allSatisfy(batch -> assertThat(padded(batch)).isLessThanOrEqualTo(256));
    }

    @Test
    void littleIsPadded() {
        int padded = batches.epoch(sequences, 1).stream().mapToInt(BatchesTest::padded).sum();
        int real = sequences.stream().mapToInt(Tokens::length).sum();

        assertThat(padded).isLessThan(real * 5 / 4);
    }

    @Test
    void aFullBatchHasRowsByTheFour() {
        List<Tokens> alike = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            alike.add(tokens(17 + i % 8));
        }

        assertThat(batches.epoch(alike, 1))
                .extracting(List::size)
                .containsExactlyInAnyOrder(8, 8, 8, 8, 8, 8, 8, 4);
    }

    @Test
    void aSequenceLongerThanABatchIsABatchOfItsOwn() {
        Tokens longest = tokens(300);

        assertThat(batches.epoch(List.of(tokens(10), longest, tokens(12)), 1))
                .contains(List.of(longest));
    }

    @Test
    void everyEpochHasAsManyBatches() {
        int first = batches.epoch(sequences, 1).size();

        for (long seed = 2; seed < 50; seed++) {
            assertThat(batches.epoch(sequences, seed)).hasSize(first);
        }
    }

    @Test
    void theSeedAloneDecidesTheOrder() {
        assertThat(batches.epoch(sequences, 1)).isEqualTo(batches.epoch(sequences, 1));
        assertThat(batches.epoch(sequences, 1)).isNotEqualTo(batches.epoch(sequences, 2));
    }

    private static int padded(List<Tokens> batch) {
        return batch.size() * batch.stream().mapToInt(Tokens::length).max().orElseThrow();
    }

    private static List<Tokens> sequences(int count) {
        Random random = new Random(5);
        List<Tokens> sequences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] ids = random.ints(5 + random.nextInt(80), 0, 1000).toArray();
            sequences.add(new Tokens(ids, 2));
        }
        return sequences;
    }

    private static Tokens tokens(int length) {
        return new Tokens(new int[length], 1);
    }
}
