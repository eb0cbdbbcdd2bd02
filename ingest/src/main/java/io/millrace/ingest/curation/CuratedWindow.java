package io.millrace.ingest.curation;

import io.millrace.ingest.curation.LastChecks.Memory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest curated examples and what each of them counts towards: a principal, a cluster, an
 * answer. Counts live on the heap; the memory holds the examples' tallies, which is where the
 * counts come from after a restart.
 */
final class CuratedWindow {

    private static final String BOUNDS = "window";

    /** Sequence numbers of the oldest example and of the next to come. */
    private record Bounds(long oldest, long next) {
        static final Bounds EMPTY = new Bounds(0, 0);
    }

    /**
     * What one example counts towards.
     *
     * @param number in sequence; what another number left in this one's slot is none of it
     */
    private record Share(long number, List<String> tallies) {}

    private final int size;
    private final Memory memory;
    private final Deque<Share> shares = new ArrayDeque<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private Bounds bounds;

    /**
     * @param size the most examples that it holds
     */
    CuratedWindow(int size, Memory memory) {
        this.size = size;
        this.memory = memory;
        this.bounds = memory.get(BOUNDS, Bounds.class).orElse(Bounds.EMPTY);
        for (long number = bounds.next() - 1; number >= bounds.oldest(); number--) {
            Optional<Share> share = memory.get(slot(number), Share.class);
            if (share.isEmpty() || share.get().number() != number) {
                bounds = new Bounds(number + 1, bounds.next());
                break;
            }
            shares.addFirst(share.get());
            count(share.get());
        }
    }

    /** Of the newest examples, room for one more left, those that count towards this. */
    int count(String tally) {
        makeRoom();
        return counts.getOrDefault(tally, 0);
    }

    /** Takes in one more. */
    void add(List<String> tallies) {
        makeRoom();
        Share share = new Share(bounds.next(), tallies);
        memory.put(slot(bounds.next()), share);
        bounds = new Bounds(bounds.oldest(), bounds.next() + 1);
        memory.put(BOUNDS, bounds);
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
            bounds = new Bounds(bounds.oldest() + 1, bounds.next());
        }
    }

    /** Where it lies until as many others have come as the window holds. */
    private String slot(long number) {
        return "slot/" + number % size;
    }
}
