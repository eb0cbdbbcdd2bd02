package io.millrace.ingest.redaction;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One state's number for a person that is all digits.
 *
 * @param country ISO 3166-1, two letters
 * @param length how many digits it has
 * @param shapes the groupings that, with the check, are enough by themselves; whatever the
 *     grouping, the label is
 * @param label what the number is called
 * @param check decides on the digits
 */
record NumberedId(
        String country, int length, Set<String> shapes, Label label, Predicate<String> check)
        implements NationalId {

    /** An identity; the shapes stand between commas, {@code *} for any. */
    static NumberedId of(
            String country, int length, String shapes, String label, Predicate<String> check) {
        return new NumberedId(
                country, length, Set.of(shapes.split(",", -1)), Label.of(label), check);
    }

    /** The number that a run of digits begins with. */
    Optional<Span> in(Text text, DigitRun run) {
        if (!run.isWhole(length) || !check.test(run.digits(length))) {
            return Optional.empty();
        }
        int end = run.end(length);
        boolean shaped = shapes.contains("*") || shapes.contains(run.shape(length));
        return isMeant(text, run.start(), end, shaped)
                ? Optional.of(
                        new Span(PersonalData.NATIONAL_ID, run.digits(length), run.start(), end))
                : Optional.empty();
    }
}
