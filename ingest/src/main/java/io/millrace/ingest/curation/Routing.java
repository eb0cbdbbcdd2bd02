package io.millrace.ingest.curation;

import io.millrace.ingest.contamination.GateSuites;
import io.millrace.ingest.curation.QualityRules.Assessment;
import io.millrace.ingest.curation.QualityRules.Bad;
import io.millrace.ingest.curation.QualityRules.Good;
import io.millrace.schemas.Correction;
import io.millrace.schemas.Demonstration;
import io.millrace.schemas.Event;
import io.millrace.schemas.Example;
import io.millrace.schemas.ExampleSource;
import io.millrace.schemas.Feedback;
import io.millrace.schemas.Interaction;
import io.millrace.schemas.Message;
import io.millrace.schemas.Preference;
import io.millrace.schemas.PreferenceKind;
import io.millrace.schemas.QuarantinedExample;
import io.millrace.schemas.SftExample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Where a signal goes. A correction becomes an example, and a preference pair when the edit is
 * large enough; a thumb or rating without such a pair becomes an unpaired preference; a
 * demonstration becomes an example.
 *
 * <p>What a case amounts to depends on the set of its events alone. For each person the newest good
 * correction is the example, and the newest good one with a large edit is the pair. A later event
 * only ever replaces what an earlier one made, under the same id, so whoever reads the latest
 * record of each id sees the same whatever the order was.
 */
final class Routing {

    private final CurationRules rules;
    private final Inspection inspection;

    Routing(CurationRules rules, Supplier<GateSuites> suites) {
        this.rules = rules;
        this.inspection = new Inspection(rules.quality(), suites);
    }

    /** What an event of a case makes of it. Before the interaction has come, signals only wait. */
    Decision decide(CurationCase known, Event event) {
        return switch (event) {
            case Interaction interaction -> arrived(known, interaction);
            case Feedback feedback -> rated(known, feedback);
            case Correction correction -> corrected(known, correction);
            default ->
                    throw new IllegalArgumentException(event.getClass() + " is no part of a case");
        };
    }

    /** A leak is looked for later: saying again what a reviewer has let go on is a duplicate. */
    Outcome decide(Demonstration event) {
        Example example =
                new Example(
                        ExampleIds.ofDemonstration(event.demonstrationId()),
                        ExampleSource.DEMONSTRATION,
                        event.demonstrationId().value(),
                        event.principal(),
                        event.messages(),
                        event.answer(),
                        event.tags(),
                        null,
                        0);
        return switch (rules.quality().assess(example)) {
            case Good(Example good) ->
                    new Outcome.Proposed(new SftExample(good, event.occurredAt()));
            case Bad bad -> quarantined(example, bad, event.occurredAt());
        };
    }

    private Decision arrived(CurationCase known, Interaction interaction) {
        if (known.interaction() != null) {
            boolean again =
                    known.interaction().messages().equals(interaction.messages())
                            && known.interaction().answer().equals(interaction.answer());
            return dropped(known, again ? Fate.DUPLICATE : Fate.CONFLICT);
        }
        List<Outcome> outcomes = new ArrayList<>();
        outcomes.add(new Outcome.Dropped(Fate.CONTEXT));
        Tenancy.Owned owned = Tenancy.owned(known, interaction);
        outcomes.addAll(Collections.nCopies(owned.foreign(), new Outcome.Dropped(Fate.FOREIGN)));
        for (Voice voice : owned.content().voices().values()) {
            Judged judged = new Judged(interaction, voice);
            voice.corrections().forEach(c -> outcomes.addAll(settle(judged, c)));
            if (voice.feedback() != null) {
                outcomes.add(settle(judged, voice.feedback()));
            }
        }
        return new Decision(owned.content().with(interaction), outcomes);
    }

    private Decision rated(CurationCase known, Feedback feedback) {
        if (known.interaction() != null
                && !Tenancy.admits(known.interaction(), feedback.tenant())) {
            return dropped(known, Fate.FOREIGN);
        }
        Voice voice = known.voice(feedback.principal());
        if (voice.said(feedback)) {
            return dropped(known, Fate.DUPLICATE);
        }
        if (voice.hasNewerThan(feedback)) {
            return dropped(known, Fate.SUPERSEDED);
        }
        Voice heard = voice.with(feedback);
        CurationCase next = known.with(heard);
        if (known.interaction() != null) {
            return new Decision(
                    next, List.of(settle(new Judged(known.interaction(), heard), feedback)));
        }
        return voice.feedback() == null
                ? new Decision(next, List.of())
                : dropped(next, Fate.SUPERSEDED);
    }

    private Decision corrected(CurationCase known, Correction correction) {
        if (known.interaction() != null
                && !Tenancy.admits(known.interaction(), correction.tenant())) {
            return dropped(known, Fate.FOREIGN);
        }
        Voice voice = known.voice(correction.principal());
        if (voice.said(correction)) {
            return dropped(known, Fate.DUPLICATE);
        }
        Voice heard = voice.with(correction);
        CurationCase next = known.with(heard);
        if (known.interaction() == null) {
            return new Decision(next, List.of());
        }
        Judged judged = new Judged(known.interaction(), heard);
        List<Outcome> outcomes = new ArrayList<>(settle(judged, correction));
        outcomes.addAll(reconsidered(known, new Judged(known.interaction(), voice), judged));
        return new Decision(next, outcomes);
    }

    /** What others in the case say too, once somebody who said it says something else. */
    private List<Outcome> reconsidered(CurationCase known, Judged before, Judged after) {
        Optional<String> had = before.answer();
        if (had.isEmpty() || had.equals(after.answer())) {
            return List.of();
        }
        return known.voices().values().stream()
                .filter(voice -> !voice.principal().equals(after.voice.principal()))
                .map(voice -> new Judged(after.interaction, voice))
                .filter(other -> other.answer().equals(had))
                .<Outcome>map(other -> new Outcome.Reconsidered(other.example().orElseThrow()))
                .toList();
    }

    private static Decision dropped(CurationCase next, Fate because) {
        return new Decision(next, List.of(new Outcome.Dropped(because)));
    }

    private Outcome settle(Judged judged, Feedback feedback) {
        if (judged.newest(judged::isLargeEdit).isPresent()) {
            return new Outcome.Dropped(Fate.SUPERSEDED);
        }
        Interaction interaction = judged.interaction;
        List<Message> messages = Normalisation.of(interaction.messages());
        String answer = Normalisation.of(interaction.answer());
        if (inspection.flaw(messages, answer).isPresent()) {
            return new Outcome.Dropped(Fate.REFUSED);
        }
        boolean liked = feedback.positive();
        return new Outcome.Preferred(
                new Preference(
                        ExampleIds.ofPreference(interaction.interactionId(), feedback.principal()),
                        liked ? PreferenceKind.DESIRABLE : PreferenceKind.UNDESIRABLE,
                        interaction.interactionId(),
                        feedback.principal(),
                        messages,
                        liked ? answer : null,
                        liked ? null : answer,
                        interaction.tags(),
                        feedback.occurredAt()));
    }

    private List<Outcome> settle(Judged judged, Correction correction) {
        return switch (judged.of(correction)) {
            case Bad bad ->
                    List.of(
                            quarantined(
                                    draft(judged.interaction, correction),
                                    bad,
                                    correction.occurredAt()));
            case Good(Example example) -> settleGood(judged, correction, example);
        };
    }

    private List<Outcome> settleGood(Judged judged, Correction correction, Example example) {
        List<Outcome> outcomes = new ArrayList<>();
        boolean latest = judged.isNewest(correction, judged::isGood);
        outcomes.add(
                latest
                        ? new Outcome.Proposed(new SftExample(example, correction.occurredAt()))
                        : new Outcome.Dropped(Fate.SUPERSEDED));
        if (judged.isNewest(correction, judged::isLargeEdit)) {
            outcomes.add(new Outcome.Preferred(pair(judged.interaction, correction, example)));
        } else if (latest) {
            outcomes.add(new Outcome.TooCloseToPair());
        }
        return outcomes;
    }

    private static Preference pair(
            Interaction interaction, Correction correction, Example example) {
        return new Preference(
                ExampleIds.ofPreference(interaction.interactionId(), correction.principal()),
                PreferenceKind.PAIR,
                interaction.interactionId(),
                correction.principal(),
                example.messages(),
                example.answer(),
                Normalisation.of(interaction.answer()),
                example.tags(),
                correction.occurredAt());
    }

    private static Example draft(Interaction interaction, Correction correction) {
        return new Example(
                ExampleIds.ofCorrection(interaction.interactionId(), correction.principal()),
                ExampleSource.CORRECTION,
                interaction.interactionId().value(),
                correction.principal(),
                interaction.messages(),
                correction.answer(),
                interaction.tags(),
                null,
                correction.revision());
    }

    private static Outcome quarantined(Example example, Bad bad, Instant occurredAt) {
        return new Outcome.Quarantined(
                new QuarantinedExample(example, bad.reason().code(), bad.detail(), occurredAt));
    }

    /** What the rules say of one person's corrections, each judged once and only when asked for. */
    private final class Judged {

        private final Interaction interaction;
        private final Voice voice;
        private final IdentityHashMap<Correction, Assessment> assessments = new IdentityHashMap<>();

        Judged(Interaction interaction, Voice voice) {
            this.interaction = interaction;
            this.voice = voice;
        }

        Assessment of(Correction correction) {
            return assessments.computeIfAbsent(
                    correction, c -> inspection.assess(draft(interaction, c)));
        }

        boolean isGood(Correction correction) {
            return of(correction) instanceof Good;
        }

        boolean isLargeEdit(Correction correction) {
            return of(correction) instanceof Good(Example good)
                    && isLargeEdit(Normalisation.of(interaction.answer()), good.answer());
        }

        private boolean isLargeEdit(String original, String corrected) {
            return !corrected.equals(original)
                    && EditDistance.reaches(rules.editFloor(), original, corrected);
        }

        boolean isNewest(Correction correction, Predicate<Correction> among) {
            return newest(among).filter(correction::equals).isPresent();
        }

        /** What the newest good correction makes. */
        Optional<SftExample> example() {
            return newest(this::isGood)
                    .map(correction ->
                            new SftExample(
                                    ((Good) of(correction)).example(), correction.occurredAt()));
        }

        Optional<String> answer() {
            return example().map(e -> e.example().answer());
        }

        Optional<Correction> newest(Predicate<Correction> among) {
            return voice.corrections().reversed().stream().filter(among).findFirst();
        }
    }
}
