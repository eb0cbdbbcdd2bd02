package io.millrace.ingest.curation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.schemas.PreferenceKind;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts what this process of curation decided. {@code millrace.curation.outcomes} sums up to the
 * events that came in, apart from those that still wait for their interaction, and from what was
 * done again after a crash; {@link Tallies} are exact. {@code millrace.curation.pairs} says of the
 * corrections which made a preference pair.
 */
final class OutcomeMeters {

    private final Map<Fate, Counter> fates = new EnumMap<>(Fate.class);
    private final Counter paired;
    private final Counter belowEditFloor;

    OutcomeMeters(MeterRegistry registry) {
        Arrays.stream(Fate.values())
                .forEach(fate ->
                        fates.put(
                                fate,
                                Counter.builder("millrace.curation.outcomes")
                                        .description("Events by how they ended")
                                        .tag("outcome", fate.label())
                                        .register(registry)));
        paired = pairs(registry, "paired");
        belowEditFloor = pairs(registry, "below-edit-floor");
    }

    void count(Outcome outcome) {
        outcome.fate().map(fates::get).ifPresent(Counter::increment);
        if (outcome instanceof Outcome.TooCloseToPair) {
            belowEditFloor.increment();
        } else if (outcome instanceof Outcome.Preferred(var preference)
                && preference.kind() == PreferenceKind.PAIR) {
            paired.increment();
        }
    }

    private static Counter pairs(MeterRegistry registry, String outcome) {
        return Counter.builder("millrace.curation.pairs")
                .description("Corrections by whether they made a preference pair")
                .tag("outcome", outcome)
                .register(registry);
    }
}
