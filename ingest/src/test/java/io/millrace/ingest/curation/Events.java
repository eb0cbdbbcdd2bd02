package io.millrace.ingest.curation;

import io.millrace.ingest.contamination.GateSuites;
import io.millrace.ingest.contamination.SuitePrompts;
import io.millrace.schemas.Correction;
import io.millrace.schemas.Demonstration;
import io.millrace.schemas.DemonstrationId;
import io.millrace.schemas.Feedback;
import io.millrace.schemas.FeedbackKind;
import io.millrace.schemas.Interaction;
import io.millrace.schemas.InteractionId;
import io.millrace.schemas.Message;
import io.millrace.schemas.PrincipalId;
import java.time.Instant;
import java.util.List;

/** Events as the tests tell their stories with them. */
final class Events {

    static final Instant MORNING = Instant.parse("2026-01-05T08:00:00Z");

    private Events() {}

    static Interaction interaction(String id, String prompt, String answer) {
        return new Interaction(
                new InteractionId(id),
                new PrincipalId("customer"),
                null,
                "v1",
                List.of(Message.user(prompt)),
                answer,
                List.of("new"),
                12,
                MORNING);
    }

    static Feedback thumb(String id, String interaction, String principal, boolean up, int minute) {
        return new Feedback(
                id,
                new InteractionId(interaction),
                new PrincipalId(principal),
                FeedbackKind.THUMB,
                up ? 1 : 0,
                null,
                at(minute));
    }

    static Correction correction(
            String id,
            String interaction,
            String principal,
            int revision,
            String answer,
            int minute) {
        return new Correction(
                id,
                new InteractionId(interaction),
                new PrincipalId(principal),
                revision,
                answer,
                null,
                at(minute));
    }

    static Demonstration demonstration(String id, String prompt, String answer) {
        return new Demonstration(
                new DemonstrationId(id),
                new PrincipalId("importer"),
                List.of(Message.user(prompt)),
                answer,
                List.of("old"),
                "test",
                MORNING);
    }

    /** Suites with one case. */
    static GateSuites asking(String id, String prompt, String reference) {
        SuitePrompts.Case asked =
                new SuitePrompts.Case(id, List.of(Message.user(prompt)), List.of(reference));
        return GateSuites.of(List.of(new SuitePrompts("gate", List.of(asked))));
    }

    static Instant at(int minute) {
        return MORNING.plusSeconds(60L * minute);
    }
}
