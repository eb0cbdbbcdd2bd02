package io.millrace.ingest.contamination;

import io.millrace.ingest.Prompts;
import io.millrace.ingest.Words;
import io.millrace.ingest.contamination.Leak.Kind;
import io.millrace.ingest.contamination.SuitePrompts.Case;
import io.millrace.schemas.Example;
import io.millrace.schemas.Message;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the examples that give away what a gate suite asks. The rule is GPT-3's (arXiv:2005.14165,
 * appendix C), word n-grams with n between 8 and 13, made to fit prompts that share an instruction:
 *
 * <ul>
 *   <li>An example whose whole prompt is a case's, word for word, leaks it, however short.
 *   <li>So does one that contains 13 words in a row of a case's question or of a right answer; of a
 *       question of 8 to 12 words, all of them. Fewer words are a phrase that anybody may use.
 *   <li>A question is what the user said last without the instruction above it. Runs of words that
 *       stand in more than a tenth of a suite's cases, and in two at least, are how the suite
 *       speaks, and count for none of them.
 * </ul>
 *
 * Labels and short answers are no run of 13 words, so sharing them never counts.
 */
public final class GateSuites {

    public static final GateSuites NONE = of(List.of());

    private static final int SHORTEST = 8;

    /** The share of a suite's cases beyond which a run of words is the suite's manner. */
    private static final double COMMON = 0.1;

    private record Place(String suite, String caseId) {}

    /** A run of words, in one line, and the case that it tells. */
    private record Run(String words, Place place) {}

    /**
     * The runs of one length.
     *
     * @param runs by {@link Rolling} hash
     * @param present the last bits of those hashes: most of what people say is none of them, which
     *     this tells at once
     */
    private record Passages(int length, Map<Long, Run> runs, BitSet present) {

        private static final int BITS = 1 << 20;

        static Passages of(int length, Map<Long, Run> runs) {
            BitSet present = new BitSet(BITS);
            runs.keySet().forEach(hash -> present.set(last(hash)));
            return new Passages(length, runs, present);
        }

        @Nullable Run get(long hash) {
            return present.get(last(hash)) ? runs.get(hash) : null;
        }

        private static int last(long hash) {
            return (int) hash & (BITS - 1);
        }
    }

    /** By the words of whole prompts. */
    private final Map<String, Place> questions;

    /** By number of words, the fewest first. */
    private final List<Passages> passages;

    private GateSuites(Map<String, Place> questions, List<Passages> passages) {
        this.questions = questions;
        this.passages = passages;
    }

    public static GateSuites of(Collection<SuitePrompts> suites) {
        Map<String, Place> questions = new HashMap<>();
        Map<Integer, Map<Long, Run>> passages = new TreeMap<>();
        for (SuitePrompts suite : suites) {
            Map<String, Integer> uses = uses(suite);
            double common = Math.max(1, COMMON * suite.cases().size());
            for (Case asked : suite.cases()) {
                Place place = new Place(suite.name(), asked.id());
                questions.putIfAbsent(whole(lines(asked.messages())), place);
                for (String run : runs(asked)) {
                    if (uses.getOrDefault(run, 0) <= common) {
                        Rolling words = Rolling.over(run);
                        passages.computeIfAbsent(words.words(), n -> new HashMap<>())
                                .putIfAbsent(words.hash(0, words.words()), new Run(run, place));
                    }
                }
            }
        }
        return new GateSuites(
                questions,
                passages.entrySet().stream()
                        .map(runs -> Passages.of(runs.getKey(), runs.getValue()))
                        .toList());
    }

    /** The first case that an example gives away. */
    public Optional<Leak> leak(Example example) {
        return leak(example.messages(), example.answer());
    }

    /** The first case that a prompt and an answer to it give away. */
    public Optional<Leak> leak(List<Message> messages, String answer) {
        if (questions.isEmpty()) {
            return Optional.empty();
        }
        List<String> asked = lines(messages);
        String prompt = whole(asked);
        Place same = questions.get(prompt);
        if (same != null) {
            return Optional.of(
                    new Leak(
                            same.suite(),
                            same.caseId(),
                            Kind.QUESTION,
                            Rolling.over(prompt).words()));
        }
        return Stream.concat(asked.stream(), Stream.of(Words.line(answer)))
                .flatMap(line -> passage(Rolling.over(line)).stream())
                .findFirst();
    }

    private Optional<Leak> passage(Rolling said) {
        for (Passages known : passages) {
            int n = known.length();
            for (int i = 0; i + n <= said.words(); i++) {
                Run run = known.get(said.hash(i, n));
                if (run != null && run.words().equals(said.run(i, n))) {
                    Place place = run.place();
                    return Optional.of(new Leak(place.suite(), place.caseId(), Kind.PASSAGE, n));
                }
            }
        }
        return Optional.empty();
    }

    /** In how many cases of a suite each run stands. */
    private static Map<String, Integer> uses(SuitePrompts suite) {
        Map<String, Integer> uses = new HashMap<>();
        suite.cases().forEach(c -> runs(c).forEach(run -> uses.merge(run, 1, Integer::sum)));
        return uses;
    }

    /** The runs of words that tell a case. */
    private static Set<String> runs(Case asked) {
        Set<String> runs = new HashSet<>();
        Rolling question = words(Prompts.input(asked.messages().getLast().content()));
        if (question.words() >= SHORTEST) {
            addRuns(question, Math.min(question.words(), Rolling.LONGEST), runs);
        }
        asked.references().forEach(answer -> addRuns(words(answer), Rolling.LONGEST, runs));
        return runs;
    }

    private static void addRuns(Rolling words, int n, Set<String> runs) {
        for (int i = 0; i + n <= words.words(); i++) {
            runs.add(words.run(i, n));
        }
    }

    private static Rolling words(String text) {
        return Rolling.over(Words.line(text));
    }

    private static List<String> lines(List<Message> messages) {
        return messages.stream().map(message -> Words.line(message.content())).toList();
    }

    private static String whole(List<String> lines) {
        return lines.stream().filter(line -> !line.isEmpty()).collect(Collectors.joining(" "));
    }
}
