package io.millrace.trainer.window;

import static io.millrace.trainer.Given.SFT;
import static io.millrace.trainer.Given.range;
import static io.millrace.trainer.Given.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.OffsetRange;
import io.millrace.schemas.TrainingWindow;
import io.millrace.schemas.TriggerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {

    @Test
    void theFirstWindowStartsAtTheBeginningOfEveryPartition() {
        List<OffsetRange> ranges = Ledger.EMPTY.cut(SFT, Map.of(1, 7L, 0, 12L));

        assertThat(ranges).containsExactly(range(0, 0, 12), range(1, 0, 7));
    }

    @Test
    void aWindowStartsWhereTheOneBeforeItEnded() {
        Ledger ledger = Ledger.EMPTY.plus(window(1, List.of(range(0, 0, 12), range(1, 0, 7))));

        assertThat(ledger.cut(SFT, Map.of(0, 20L, 1, 7L)))
                .containsExactly(range(0, 12, 20), range(1, 7, 7));
    }

    @Test
    void aPartitionThatWasAddedLaterIsReadFromItsBeginning() {
        Ledger ledger = Ledger.EMPTY.plus(window(1, List.of(range(0, 0, 12))));

        List<OffsetRange> ranges = ledger.cut(SFT, Map.of(0, 12L, 1, 5L));

        assertThat(ranges).containsExactly(range(0, 12, 12), range(1, 0, 5));
        assertThat(ledger.plus(window(2, ranges)).verifyTiling()).isEmpty();
    }

    @Test
    void aTopicShorterThanTheLedgerSaysIsRefused() {
        Ledger ledger = Ledger.EMPTY.plus(window(1, List.of(range(0, 0, 12))));

        assertThatThrownBy(() -> ledger.cut(SFT, Map.of(0, 3L)))
                .isInstanceOf(TopicRecreatedException.class)
                .hasMessageContaining(SFT + "-0 ends at 3")
                .hasMessageContaining("up to 12");
    }

    @Test
    void windowsAreTakenInTheOrderOfTheirSequenceHoweverTheyArrive() {
        TrainingWindow first = window(1, List.of(range(0, 0, 5)));
        TrainingWindow second = window(2, List.of(range(0, 5, 9)));

        Ledger ledger = Ledger.of(List.of(second, first));

        assertThat(ledger.windows()).containsExactly(first, second);
        assertThat(ledger.nextSequence()).isEqualTo(3);
        assertThat(ledger.end(SFT, 0)).isEqualTo(9);
    }

    @Test
    void aRequestIsAnsweredOnceAWindowNamesIt() {
        Ledger ledger = Ledger.EMPTY.plus(window(1, List.of()));

        assertThat(ledger.answers(new TriggerId("t1"))).isTrue();
        assertThat(ledger.answers(new TriggerId("t2"))).isFalse();
    }

    @Test
    void aGapIsNamed() {
        Ledger ledger =
                Ledger.of(
                        List.of(
                                window(1, List.of(range(0, 0, 5))),
                                window(2, List.of(range(0, 6, 9)))));

        assertThat(ledger.verifyTiling())
                .containsExactly(
                        "w2 leaves a gap in "
                                + SFT
                                + "-0: it starts at 6, the windows before it end at 5");
    }

    @Test
    void anOverlapIsNamed() {
        Ledger ledger =
                Ledger.of(
                        List.of(
                                window(1, List.of(range(0, 0, 5))),
                                window(2, List.of(range(0, 4, 9)))));

        assertThat(ledger.verifyTiling())
                .containsExactly(
                        "w2 overlaps "
                                + SFT
                                + "-0: it starts at 4, the windows before it end at 5");
    }

    @Test
    void aMissingWindowIsNamed() {
        Ledger ledger = Ledger.of(List.of(window(1, List.of()), window(3, List.of())));

        assertThat(ledger.verifyTiling()).containsExactly("w3 has sequence 3, not 2");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void windowsCutAtAnyLastStableOffsetsCoverEachRecordOnce(long seed) {
        Random random = new Random(seed);
        Map<Integer, Long> lastStable = new TreeMap<>();
        Ledger ledger = Ledger.EMPTY;
        for (int sequence = 1; sequence <= 30; sequence++) {
            grow(lastStable, random);
            ledger = ledger.plus(window(sequence, ledger.cut(SFT, lastStable)));
        }

        assertThat(ledger.verifyTiling()).isEmpty();
        for (var partition : lastStable.entrySet()) {
            assertThat(IntStream.of(timesCovered(ledger, partition.getKey(), partition.getValue())))
                    .allMatch(times -> times == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28, 29, 30})
    void aRangeMovedByAnyAmountIsNoticed(long seed) {
        Random random = new Random(seed);
        Map<Integer, Long> lastStable = new TreeMap<>(Map.of(0, 0L));
        Ledger ledger = Ledger.EMPTY;
        for (int sequence = 1; sequence <= 10; sequence++) {
            lastStable.merge(0, 10L + random.nextInt(90), Long::sum);
            ledger = ledger.plus(window(sequence, ledger.cut(SFT, lastStable)));
        }
        List<TrainingWindow> moved = new ArrayList<>(ledger.windows());
        int victim = 1 + random.nextInt(9);
        OffsetRange range = moved.get(victim).ranges().getFirst();
        long shift = (1 + random.nextInt(9)) * (random.nextBoolean() ? 1L : -1L);
        moved.set(victim, window(victim + 1, List.of(range(0, range.from() + shift, range.to()))));

        assertThat(Ledger.of(moved).verifyTiling())
                .singleElement()
                .asString()
                .contains("w" + (victim + 1))
                .contains(shift > 0 ? "gap" : "overlaps");
    }

    /** Some partitions grow, some do not, and now and then there is one more. */
    private static void grow(Map<Integer, Long> lastStable, Random random) {
        if (lastStable.isEmpty() || random.nextInt(10) == 0) {
            lastStable.put(lastStable.size(), 0L);
        }
        lastStable.replaceAll((partition, end) -> end + random.nextInt(3) * random.nextLong(50));
    }

    private static int[] timesCovered(Ledger ledger, int partition, long end) {
        int[] times = new int[Math.toIntExact(end)];
        for (TrainingWindow window : ledger.windows()) {
            for (OffsetRange range : window.ranges()) {
                for (long at = range.from();
                        range.partition() == partition && at < range.to();
                        at++) {
                    times[Math.toIntExact(at)]++;
                }
            }
        }
        return times;
    }
}
