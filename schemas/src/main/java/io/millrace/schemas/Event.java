package io.millrace.schemas;

import java.time.Instant;

/**
 * What travels through one topic of the {@linkplain Topics catalogue}. A reader ignores unknown
 * fields; a writer never removes or retypes one within a version.
 */
public sealed interface Event
        permits Interaction,
                Feedback,
                Correction,
                Demonstration,
                Erasure,
                SftExample,
                Preference,
                HoldoutExample,
                QuarantinedExample,
                Review,
                TrainingRequest,
                TrainingWindow,
                TrainingProgress,
                Candidate,
                Verdict,
                Deployment {

    /** When it happened, for the {@code ce_time} header and the record's timestamp. */
    Instant occurredAt();
}
