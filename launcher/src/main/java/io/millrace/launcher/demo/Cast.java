package io.millrace.launcher.demo;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.millrace.ingest.importer.LabelledExample;
import io.millrace.runtime.UsageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who says what in the scenario: the data, dealt by a seed.
 *
 * @param known categories that the first champion learns
 * @param fresh categories that appear only in live traffic
 * @param demonstrations of the known categories, imported at the start
 * @param visitors messages of the fresh categories, asked live and then corrected
 * @param lies what the harmful window says
 * @param suite held-out messages that only the gate asks
 * @param exam held-out messages of every category, asked before and after; like the suite's they
 *     never enter the stream
 */
public record Cast(
        Set<String> known,
        Set<String> fresh,
        List<LabelledExample> demonstrations,
        List<LabelledExample> visitors,
        List<Lie> lies,
        List<LabelledExample> suite,
        List<LabelledExample> exam) {

    /** The gate asks about so many held-out messages, if there are twice as many. */
    private static final int SUITE_CASES = 400;

    private static final int FEWEST_PER_CATEGORY = 5;

    /** A question that was asked before, and the wrong answer that its "correction" gives. */
    record Lie(LabelledExample question, String answer) {}

    /** Which categories arrive as new. */
    public sealed interface Newcomers {

        /** So many of them, chosen by the seed. */
        record Count(int number) implements Newcomers {}

        /** These. */
        record Named(List<String> categories) implements Newcomers {}

        /** A fifth, chosen by the seed. */
        record Fifth() implements Newcomers {}

        /** Reads {@code 17} or {@code a,b,c}. */
        public static Newcomers parse(String text) {
            if (text.matches("\\d{1,6}")) {
                return new Count(Integer.parseInt(text));
            }
            return new Named(List.of(text.split("\\s*,\\s*")));
        }
    }

    /**
     * Deals the data.
     *
     * @throws UsageException when the data is too thin or a newcomer is not in it
     */
    public static Cast of(
            List<LabelledExample> stream,
            List<LabelledExample> holdout,
            Newcomers newcomers,
            long seed) {
        Random random = new Random(seed);
        Map<String, List<LabelledExample>> byCategory = shuffled(stream, random);
        requireEnough(byCategory);
        Set<String> fresh = choose(byCategory.keySet(), newcomers, random);
        Set<String> known = new TreeSet<>(byCategory.keySet());
        known.removeAll(fresh);
        List<LabelledExample> suite = new ArrayList<>();
        List<LabelledExample> exam = new ArrayList<>();
        Map<String, List<LabelledExample>> heldOut =
                shuffled(
                        holdout.stream().filter(e -> byCategory.containsKey(e.tag())).toList(),
                        random);
        heldOut.values()
                .forEach(examples -> {
                    int asked =
                            Math.min(
                                    examples.size() / 2, Math.max(1, SUITE_CASES / heldOut.size()));
                    suite.addAll(examples.subList(0, asked));
                    exam.addAll(examples.subList(asked, examples.size()));
                });
        requireExam(exam, known, fresh);
        return new Cast(
                known,
                fresh,
                of(byCategory, known, random),
                of(byCategory, fresh, random),
                lies(byCategory, random),
                suite,
                exam);
    }

    private static Map<String, List<LabelledExample>> shuffled(
            List<LabelledExample> examples, Random random) {
        Map<String, List<LabelledExample>> byCategory =
                examples.stream().collect(groupingBy(LabelledExample::tag, TreeMap::new, toList()));
        byCategory.values().forEach(category -> Collections.shuffle(category, random));
        return byCategory;
    }

    private static List<LabelledExample> of(
            Map<String, List<LabelledExample>> byCategory, Set<String> categories, Random random) {
        List<LabelledExample> examples = new ArrayList<>();
        byCategory.forEach((category, all) -> {
            if (categories.contains(category)) {
                examples.addAll(all);
            }
        });
        Collections.shuffle(examples, random);
        return examples;
    }

    /**
     * A fifth of the categories is lied about: whatever was asked about one of them gets an answer
     * to the next. Lies about few things are learned; lies about everything are outvoted by what is
     * replayed.
     */
    private static List<Lie> lies(Map<String, List<LabelledExample>> byCategory, Random random) {
        int wanted = Math.max(2, byCategory.size() / 5);
        List<List<LabelledExample>> victims =
                draw(byCategory.keySet(), wanted, random).stream()
                        .flatMap(victim -> Stream.ofNullable(byCategory.get(victim)))
                        .toList();
        List<Lie> lies = new ArrayList<>();
        for (int i = 0; i < victims.size(); i++) {
            List<LabelledExample> next = victims.get((i + 1) % victims.size());
            int turn = 0;
            for (LabelledExample question : victims.get(i)) {
                String answer = next.get(turn++ % next.size()).answer();
                if (!answer.equals(question.answer())) {
                    lies.add(new Lie(question, answer));
                }
            }
        }
        Collections.shuffle(lies, random);
        return lies;
    }

    private static void requireEnough(Map<String, List<LabelledExample>> byCategory) {
        if (byCategory.size() < 3) {
            throw new UsageException(
                    "--stream has %d categories: the scenario needs at least 3, so that some can arrive as new"
                            .formatted(byCategory.size()));
        }
        byCategory.forEach((category, examples) -> {
            if (examples.size() < FEWEST_PER_CATEGORY) {
                throw new UsageException(
                        "--stream has %d messages of category '%s': give at least %d of each"
                                .formatted(examples.size(), category, FEWEST_PER_CATEGORY));
            }
        });
    }

    private static void requireExam(
            List<LabelledExample> exam, Set<String> known, Set<String> fresh) {
        for (Collection<String> side : List.of(known, fresh)) {
            if (exam.stream().noneMatch(example -> side.contains(example.tag()))) {
                throw new UsageException(
                        "--holdout has no message of the categories %s: give held-out messages of every category"
                                .formatted(side));
            }
        }
    }

    private static Set<String> choose(Set<String> categories, Newcomers newcomers, Random random) {
        return switch (newcomers) {
            case Newcomers.Named named -> {
                for (String category : named.categories()) {
                    if (!categories.contains(category)) {
                        throw new UsageException(
                                "--new names '%s', which is not a category of --stream; it has: %s"
                                        .formatted(category, String.join(", ", categories)));
                    }
                }
                yield checked(new TreeSet<>(named.categories()), categories);
            }
            case Newcomers.Count count ->
                    checked(draw(categories, count.number(), random), categories);
            case Newcomers.Fifth fifth ->
                    draw(categories, Math.max(1, categories.size() / 5), random);
        };
    }

    private static Set<String> checked(Set<String> fresh, Set<String> categories) {
        if (fresh.isEmpty() || fresh.size() > categories.size() - 2) {
            throw new UsageException(
                    "--new takes 1 to %d of the %d categories: at least two must be known at the start"
                            .formatted(categories.size() - 2, categories.size()));
        }
        return fresh;
    }

    private static Set<String> draw(Set<String> categories, int number, Random random) {
        List<String> shuffled = new ArrayList<>(categories);
        Collections.shuffle(shuffled, random);
        return new TreeSet<>(shuffled.subList(0, Math.min(number, shuffled.size())));
    }

    /** The categories that the lies are about. */
    Set<String> victims() {
        return lies.stream()
                .map(lie -> lie.question().tag())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Exam messages of the known or of the fresh categories. */
    List<LabelledExample> exam(Slice slice) {
        Set<String> tags = tags(slice);
        return exam.stream().filter(example -> tags.contains(example.tag())).toList();
    }

    Set<String> tags(Slice slice) {
        return switch (slice) {
            case OLD -> known;
            case NEW -> fresh;
        };
    }

    /** The two halves of every table. */
    public enum Slice {
        OLD("old"),
        NEW("new");

        private final String label;

        Slice(String label) {
            this.label = label;
        }

        /** Its name in tables, in the gate's policy and in JSON. */
        String label() {
            return label;
        }
    }
}
