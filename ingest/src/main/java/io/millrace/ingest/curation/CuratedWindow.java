package io.millrace.ingest.curation;

import io.millrace.ingest.curation.LastChecks.Memory;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The newest curated examples and what each of them counts towards: a principal, a cluster, an
 * answer. Counts live on the heap; the memory holds the examples' tallies, which is where the
 * counts come from after a restart. Where its size was changed, some of those it finds are older
 * than some it misses, until it has turned over once.
 */
final class CuratedWindow {

    /**
     * What one example counts towards.
     *
     * @param number in sequence
     */
    private record Share(long number, List<String> tallies) {}

    private final int size;
    private final Memory memory;
    private final Deque<Share> shares;
    private final Map<String, Integer> counts = new HashMap<>();
    private long next;

    /**
     * @param size the most examples that it holds
     */
    CuratedWindow(int size, Memory memory) {
        this.size = size;
        this.memory = memory;
        this.shares =
                LongStream.range(0, size)
                        .mapToObj(slot -> memory.get(slot(slot), Share.class))
                        .flatMap(Optional::stream)
                        .sorted(Comparator.comparingLong(Share::number))
                        .collect(Collectors.toCollection(ArrayDeque::new));
        this.next = shares.isEmpty() ? 0 : shares.getLast().number() + 1;
        shares.forEach(this::count);
    }

    /** Of the newest examples, room for one more left, those that count towards this. */
    int count(String tally) {
        makeRoom();
        return counts.getOrDefault(tally, 0);
    }

    /** Takes in one more. */
    void add(List<String> tallies) {
        makeRoom();
        Share share = new Share(next++, tallies);
        memory.put(slot(share.number()), share);
        shares.add(share);
        count(share);
    }

    private void count(Share share) {
        share.tallies().forEach(tally -> counts.merge(tally, 1, Integer::sum));
    }

    private void makeRoom() {
        while (shares.size() >= size) {
            shares.remove()
                    .tallies()
                    .forEach(tally ->
                            counts.computeIfPresent(tally, (t, n) -> n > 1 ? n - 1 : null));
        }
    }

    /** Where it lies until as many others have come as the window holds. */
    private String slot(long number) {
        return "slot/" + number % size;
    }
}
