package io.millrace.ingest.curation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ingest.contamination.GateSuites;
import io.millrace.ingest.redaction.Redaction;
import io.millrace.schemas.Correction;
import io.millrace.schemas.Event;
import io.millrace.schemas.Feedback;
import io.millrace.schemas.Interaction;
import io.millrace.schemas.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TenancyTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId GLOBEX = new TenantId("globex");

    private final Routing routing = new Routing(CurationRules.DEFAULT, () -> GateSuites.NONE);

    private static Interaction asked(@Nullable TenantId tenant) {
        Interaction i = Events.interaction("i-1", "which card was eaten", "I do not know that");
        return new Interaction(
                i.interactionId(),
                i.principal(),
                i.conversationId(),
                i.model(),
                i.messages(),
                i.answer(),
                i.tags(),
                i.latencyMillis(),
                i.occurredAt(),
                tenant);
    }

    private static Correction corrected(@Nullable TenantId tenant) {
        Correction c =
                Events.correction(
                        "c-" + tenant, "i-1", tenant + "/ann", 0, "card swallowed by " + tenant, 1);
        return new Correction(
                c.correctionId(),
                c.interactionId(),
                c.principal(),
                c.revision(),
                c.answer(),
                c.comment(),
                c.occurredAt(),
                tenant);
    }

    private static Feedback rated(@Nullable TenantId tenant) {
        Feedback f = Events.thumb("f-" + tenant, "i-1", tenant + "/ann", true, 2);
        return new Feedback(
                f.feedbackId(),
                f.interactionId(),
                f.principal(),
                f.kind(),
                f.value(),
                f.comment(),
                f.occurredAt(),
                tenant);
    }

    private List<Outcome> outcomes(Event... events) {
        CurationCase known = CurationCase.EMPTY;
        List<Outcome> outcomes = new ArrayList<>();
        for (Event event : events) {
            Decision decision = routing.decide(known, event);
            known = decision.next();
            outcomes.addAll(decision.outcomes());
        }
        return outcomes;
    }

    private static long count(List<Outcome> outcomes, Fate fate) {
        return outcomes.stream().filter(o -> o.fate().equals(Optional.of(fate))).count();
    }

    private static List<String> proposed(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(Outcome.Proposed.class::isInstance)
                .map(o -> ((Outcome.Proposed) o).example().example().answer())
                .toList();
    }

    @Test
    void onlyTheTenantOfAnInteractionSpeaksAboutItWhateverComesFirst() {
        Event[][] orders = {
            {asked(ACME), corrected(GLOBEX), rated(GLOBEX), corrected(ACME)},
            {corrected(GLOBEX), rated(GLOBEX), corrected(ACME), asked(ACME)},
            {rated(GLOBEX), asked(ACME), corrected(ACME), corrected(GLOBEX)},
        };
        for (Event[] order : orders) {
            List<Outcome> outcomes = outcomes(order);

            assertThat(proposed(outcomes)).containsExactly("card swallowed by acme");
            assertThat(count(outcomes, Fate.FOREIGN)).isEqualTo(2);
            assertThat(count(outcomes, Fate.PREFERENCE)).isZero();
        }
    }

    @Test
    void whoShowsNoTenantIsAStrangerToo() {
        List<Outcome> outcomes = outcomes(corrected(null), asked(ACME), rated(null));

        assertThat(proposed(outcomes)).isEmpty();
        assertThat(count(outcomes, Fate.FOREIGN)).isEqualTo(2);
    }

    @Test
    void anInteractionOfNoTenantIsOpenToAll() {
        List<Outcome> outcomes = outcomes(asked(null), corrected(ACME), corrected(null));

        assertThat(proposed(outcomes)).hasSize(2);
        assertThat(count(outcomes, Fate.FOREIGN)).isZero();
    }

    @Test
    void redactionKeepsTheTenant() {
        assertThat(Redaction.DEFAULT.of(asked(ACME)).tenant()).isEqualTo(ACME);
        assertThat(Redaction.DEFAULT.of(corrected(ACME)).tenant()).isEqualTo(ACME);
        assertThat(Redaction.DEFAULT.of(rated(ACME)).tenant()).isEqualTo(ACME);
    }
}
