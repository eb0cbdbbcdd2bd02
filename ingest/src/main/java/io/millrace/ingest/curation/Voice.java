package io.millrace.ingest.curation;

import io.millrace.schemas.Correction;
import io.millrace.schemas.Feedback;
import io.millrace.schemas.PrincipalId;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one person said about one interaction: the newest thumb or rating, and every correction,
 * newest last. Newest by what the events say of themselves, never by their arrival.
 */
record Voice(PrincipalId principal, @Nullable Feedback feedback, List<Correction> corrections) {

    private static final Comparator<Feedback> FEEDBACK_AGE =
            Comparator.comparing(Feedback::occurredAt)
                    .thenComparing(Feedback::feedbackId)
                    .thenComparing(Feedback::kind)
                    .thenComparingDouble(Feedback::value);
    private static final Comparator<Correction> CORRECTION_AGE =
            Comparator.comparingInt(Correction::revision)
                    .thenComparing(Correction::occurredAt)
                    .thenComparing(Correction::correctionId)
                    .thenComparing(Correction::answer);

    Voice {
        corrections = corrections.stream().sorted(CORRECTION_AGE).toList();
    }

    static Voice silent(PrincipalId principal) {
        return new Voice(principal, null, List.of());
    }

    Voice with(Feedback newest) {
        return new Voice(principal, newest, corrections);
    }

    Voice with(Correction another) {
        return new Voice(
                principal,
                feedback,
                Stream.concat(corrections.stream(), Stream.of(another)).toList());
    }

    /** The same voice when nobody needs its comments. */
    Voice withoutComments() {
        boolean silent =
                (feedback == null || feedback.comment() == null)
                        && corrections.stream().allMatch(c -> c.comment() == null);
        return silent
                ? this
                : new Voice(
                        principal,
                        feedback == null ? null : withoutComment(feedback),
                        corrections.stream().map(Voice::withoutComment).toList());
    }

    /** Whether it said so already; a retry may carry another time. */
    boolean said(Feedback again) {
        return feedback != null
                && feedback.feedbackId().equals(again.feedbackId())
                && feedback.kind() == again.kind()
                && feedback.value() == again.value();
    }

    /** Whether it said so already; a retry may carry another time. */
    boolean said(Correction again) {
        return corrections.stream()
                .anyMatch(known ->
                        known.correctionId().equals(again.correctionId())
                                && known.revision() == again.revision()
                                && known.answer().equals(again.answer()));
    }

    boolean hasNewerThan(Feedback other) {
        return feedback != null && FEEDBACK_AGE.compare(feedback, other) > 0;
    }

    private static Feedback withoutComment(Feedback said) {
        return new Feedback(
                said.feedbackId(),
                said.interactionId(),
                said.principal(),
                said.kind(),
                said.value(),
                null,
                said.occurredAt(),
                said.tenant());
    }

    private static Correction withoutComment(Correction said) {
        return new Correction(
                said.correctionId(),
                said.interactionId(),
                said.principal(),
                said.revision(),
                said.answer(),
                null,
                said.occurredAt(),
                said.tenant());
    }
}
