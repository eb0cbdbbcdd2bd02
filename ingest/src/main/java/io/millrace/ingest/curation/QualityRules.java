package io.millrace.ingest.curation;

import io.millrace.schemas.Example;
import io.millrace.schemas.Message;
import io.millrace.schemas.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What an example must be to teach anything. Lengths are in UTF-16 characters of normalised text.
 *
 * @param maxPromptChars of all messages together
 * @param maxRepetition the largest share of word 4-grams in an answer that may occur earlier in it
 */
public record QualityRules(int maxPromptChars, int maxAnswerChars, double maxRepetition) {

    public static final QualityRules DEFAULT = new QualityRules(32_000, 16_000, 0.5);

    private static final int GRAM = 4;

    /** A shorter answer may well say something thrice. */
    private static final int MIN_WORDS_TO_REPEAT = 20;

    private static final int LONG_RUN = 100;

    public QualityRules {
        if (maxPromptChars < 1 || maxAnswerChars < 1) {
            throw new IllegalArgumentException(
                    "maxPromptChars and maxAnswerChars must be at least 1");
        }
        if (!(maxRepetition >= 0 && maxRepetition <= 1)) {
            throw new IllegalArgumentException("maxRepetition must be a share from 0 to 1");
        }
    }

    /** What the rules say about an example. */
    sealed interface Assessment {}

    /** The example, normalised. */
    record Good(Example example) implements Assessment {}

    /** The reason, and what a person needs to decide; nothing of the content. */
    record Bad(QuarantineReason reason, String detail) implements Assessment {}

    Assessment assess(Example example) {
        List<Message> messages = Normalisation.of(example.messages());
        String answer = Normalisation.of(example.answer());
        Optional<Bad> flaw = flaw(messages, answer);
        return flaw.isPresent() ? flaw.get() : new Good(spelt(example, messages, answer));
    }

    /** The same for one whose flaws a reviewer has overruled; nothing can't be learned from. */
    Assessment assessReleased(Example example) {
        List<Message> messages = Normalisation.of(example.messages());
        String answer = Normalisation.of(example.answer());
        Optional<Bad> empty = empty(messages, answer);
        return empty.isPresent() ? empty.get() : new Good(spelt(example, messages, answer));
    }

    /** An example as curation spells it; its own answer where nothing is left of that. */
    static Example spelt(Example example) {
        String answer = Normalisation.of(example.answer());
        return spelt(
                example,
                Normalisation.of(example.messages()),
                answer.isEmpty() ? example.answer() : answer);
    }

    private static Example spelt(Example example, List<Message> messages, String answer) {
        return new Example(
                example.exampleId(),
                example.source(),
                example.sourceId(),
                example.principal(),
                messages,
                answer,
                example.tags(),
                example.cluster(),
                example.revision());
    }

    /** The first flaw of a normalised prompt and answer. */
    Optional<Bad> flaw(List<Message> messages, String answer) {
        Optional<Bad> empty = empty(messages, answer);
        if (empty.isPresent()) {
            return empty;
        }
        int promptChars = messages.stream().mapToInt(m -> m.content().length()).sum();
        if (promptChars > maxPromptChars) {
            return bad(QuarantineReason.TOO_LONG, tooLong("prompt", promptChars, maxPromptChars));
        }
        if (answer.length() > maxAnswerChars) {
            return bad(
                    QuarantineReason.TOO_LONG, tooLong("answer", answer.length(), maxAnswerChars));
        }
        if (hasLongRun(answer)) {
            return bad(QuarantineReason.REPETITION, "the answer repeats one character 100 times");
        }
        double repetition = repetition(answer);
        if (repetition > maxRepetition) {
            return bad(
                    QuarantineReason.REPETITION,
                    "%.0f %% of the answer repeats what it has said, the limit is %.0f %%"
                            .formatted(100 * repetition, 100 * maxRepetition));
        }
        return Optional.empty();
    }

    private static Optional<Bad> empty(List<Message> messages, String answer) {
        if (messages.getLast().role() != Role.USER || messages.getLast().content().isEmpty()) {
            return bad(QuarantineReason.EMPTY, "the prompt does not end in what a user said");
        }
        return answer.isEmpty()
                ? bad(QuarantineReason.EMPTY, "the answer has no visible character")
                : Optional.empty();
    }

    private static Optional<Bad> bad(QuarantineReason reason, String detail) {
        return Optional.of(new Bad(reason, detail));
    }

    private static String tooLong(String part, int chars, int limit) {
        return "the %s has %,d characters, the limit is %,d".formatted(part, chars, limit);
    }

    private static boolean hasLongRun(String text) {
        int run = 0;
        int previous = -1;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            run = c == previous ? run + 1 : 1;
            if (run >= LONG_RUN && !isSpace(c)) {
                return true;
            }
            previous = c;
            i += Character.charCount(c);
        }
        return false;
    }

    private static boolean isSpace(int c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static double repetition(String answer) {
        long[] words = words(answer);
        if (words.length < MIN_WORDS_TO_REPEAT) {
            return 0;
        }
        long[] grams = new long[words.length - GRAM + 1];
        for (int i = 0; i < grams.length; i++) {
            for (int word = i; word < i + GRAM; word++) {
                grams[i] = Shingles.mix(grams[i] ^ words[word]);
            }
        }
        Arrays.sort(grams);
        int repeated = 0;
        for (int i = 1; i < grams.length; i++) {
            repeated += grams[i] == grams[i - 1] ? 1 : 0;
        }
        return (double) repeated / grams.length;
    }

    /** A hash of each word; two words in 2⁶⁴ have the same. */
    private static long[] words(String text) {
        long[] words = new long[text.length() / 2 + 1];
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isSpace(text.charAt(i))) {
                continue;
            }
            long word = 0;
            while (i < text.length() && !isSpace(text.charAt(i))) {
                word = word * Shingles.BASE + text.charAt(i++);
            }
            words[count++] = word;
        }
        return Arrays.copyOf(words, count);
    }
}
