package io.millrace.launcher.demo;

import static java.util.stream.Collectors.groupingBy;

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

/**
 * Who says what in the scenario: the data, dealt by a seed.
 *
 * @param known categories that the first champion learns
 * @param fresh categories that appear only in live traffic
 * @param demonstrations of the known categories, imported at the start
 * @param visitors messages of the fresh categories, asked live and then corrected
 * @param mischief messages of every category that nobody asked before, for the harmful window
 * @param exam held-out messages of every category; they never enter the stream
 */
public record Cast(
        Set<String> known,
        Set<String> fresh,
        List<LabelledExample> demonstrations,
        List<LabelledExample> visitors,
        List<LabelledExample> mischief,
        List<LabelledExample> exam) {

    /** One message in so many is kept back for the harmful window. */
    private static final int MISCHIEF_ONE_IN = 5;

    private static final int FEWEST_PER_CATEGORY = 5;

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
        Map<String, List<LabelledExample>> byCategory =
                stream.stream()
                        .collect(
                                groupingBy(
                                        LabelledExample::tag,
                                        TreeMap::new,
                                        java.util.stream.Collectors.toList()));
        requireEnough(byCategory);
        Set<String> fresh = choose(byCategory.keySet(), newcomers, random);
        Set<String> known = new TreeSet<>(byCategory.keySet());
        known.removeAll(fresh);
        List<LabelledExample> exam =
                holdout.stream().filter(example -> byCategory.containsKey(example.tag())).toList();
        requireExam(exam, known, fresh);
        List<LabelledExample> demonstrations = new ArrayList<>();
        List<LabelledExample> visitors = new ArrayList<>();
        List<LabelledExample> mischief = new ArrayList<>();
        byCategory.forEach((category, examples) -> {
            List<LabelledExample> shuffled = new ArrayList<>(examples);
            Collections.shuffle(shuffled, random);
            int kept = Math.max(1, shuffled.size() / MISCHIEF_ONE_IN);
            mischief.addAll(shuffled.subList(0, kept));
            (fresh.contains(category) ? visitors : demonstrations)
                    .addAll(shuffled.subList(kept, shuffled.size()));
        });
        Collections.shuffle(demonstrations, random);
        Collections.shuffle(visitors, random);
        Collections.shuffle(mischief, random);
        return new Cast(known, fresh, demonstrations, visitors, mischief, exam);
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

    /** A question, and the wrong answer that its "correction" gives. */
    record Lie(LabelledExample question, String answer) {}

    /** The labels of the mischief shuffled, so that none is right where that can be. */
    List<Lie> lies(long seed) {
        List<String> answers =
                new ArrayList<>(mischief.stream().map(LabelledExample::answer).toList());
        Collections.shuffle(answers, new Random(seed));
        List<Lie> lies = new ArrayList<>();
        for (LabelledExample question : mischief) {
            int wrong = 0;
            while (wrong + 1 < answers.size() && answers.get(wrong).equals(question.answer())) {
                wrong++;
            }
            lies.add(new Lie(question, answers.remove(wrong)));
        }
        return lies;
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
