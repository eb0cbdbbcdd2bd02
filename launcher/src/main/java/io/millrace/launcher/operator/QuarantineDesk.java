package io.millrace.launcher.operator;

import io.millrace.runtime.EventLog;
import io.millrace.runtime.EventProducer;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.Logged;
import io.millrace.runtime.UsageException;
import io.millrace.schemas.ExampleId;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.QuarantinedExample;
import io.millrace.schemas.Review;
import io.millrace.schemas.ReviewDecision;
import io.millrace.schemas.Topics;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The quarantine at one moment and the reviews of it; decides by writing reviews. */
public final class QuarantineDesk {

    /** Held examples that have nothing to teach can't be let go. */
    private static final String EMPTY = "empty";

    private final List<Held> held;

    private QuarantineDesk(List<Held> held) {
        this.held = List.copyOf(held);
    }

    /**
     * An example that was kept away from training.
     *
     * @param review what was decided about it; absent while it waits
     */
    public record Held(QuarantinedExample quarantined, @Nullable Review review) {}

    /** What a review is about. */
    private record Docket(ExampleId example, int revision, String reason) {

        static Docket of(QuarantinedExample held) {
            return new Docket(held.example().exampleId(), held.example().revision(), held.reason());
        }

        static Docket of(Review review) {
            return new Docket(review.exampleId(), review.revision(), review.reason());
        }
    }

    /** Reads what was held and reviewed, but of nobody who has asked to be forgotten. */
    public static QuarantineDesk read(KafkaSettings kafka) {
        Set<PrincipalId> forgotten =
                EventLog.read(kafka, Topics.ERASURES).stream()
                        .map(erasure -> erasure.event().principal())
                        .collect(Collectors.toSet());
        Map<Docket, Review> reviews = new LinkedHashMap<>();
        EventLog.read(kafka, Topics.REVIEWS).stream()
                .map(Logged::event)
                .forEach(review -> reviews.putIfAbsent(Docket.of(review), review));
        Map<Docket, QuarantinedExample> held = new LinkedHashMap<>();
        EventLog.read(kafka, Topics.QUARANTINE).stream()
                .map(Logged::event)
                .filter(example -> !forgotten.contains(example.example().principal()))
                .forEach(example -> held.put(Docket.of(example), example));
        return new QuarantineDesk(
                held.entrySet().stream()
                        .map(entry -> new Held(entry.getValue(), reviews.get(entry.getKey())))
                        .toList());
    }

    /** What waits for a decision, oldest first; all reasons when none is named. */
    public List<Held> waiting(Optional<String> reason) {
        return held.stream()
                .filter(one -> one.review() == null)
                .filter(one -> reason.map(one.quarantined().reason()::equals).orElse(true))
                .toList();
    }

    /**
     * Everything that was ever held of one example, decided or not.
     *
     * @throws UsageException when there is no such example in quarantine
     */
    public List<Held> of(String example) {
        List<Held> found =
                held.stream()
                        .filter(one ->
                                one.quarantined().example().exampleId().value().equals(example))
                        .toList();
        if (found.isEmpty()) {
            throw new UsageException(
                    "there is no example %s in quarantine: 'millrace quarantine list' prints those there are"
                            .formatted(example));
        }
        return found;
    }

    /**
     * The reviews that decide all that waits of one example.
     *
     * @throws UsageException when nothing of it waits, or it can't be released
     */
    public List<Review> decide(
            String example,
            ReviewDecision decision,
            PrincipalId reviewer,
            @Nullable String note,
            Clock clock) {
        List<QuarantinedExample> waiting =
                of(example).stream()
                        .filter(one -> one.review() == null)
                        .map(Held::quarantined)
                        .toList();
        if (waiting.isEmpty()) {
            throw new UsageException(
                    "example %s has been reviewed already: 'millrace quarantine show' says by whom"
                            .formatted(example));
        }
        if (decision == ReviewDecision.RELEASE
                && waiting.stream().anyMatch(one -> one.reason().equals(EMPTY))) {
            throw new UsageException(
                    "example %s has nothing to learn from: drop it".formatted(example));
        }
        return waiting.stream()
                .map(one ->
                        new Review(
                                one.example().exampleId(),
                                one.example().revision(),
                                one.reason(),
                                decision,
                                reviewer,
                                note,
                                clock.instant().truncatedTo(ChronoUnit.MILLIS)))
                .toList();
    }

    /** Writes reviews and waits until they are safe. */
    public static void send(KafkaSettings kafka, List<Review> reviews) {
        try (EventProducer producer = new EventProducer(kafka, "operator")) {
            reviews.stream()
                    .map(review -> producer.send(Topics.REVIEWS, review))
                    .toList()
                    .forEach(sent -> sent.join());
        }
    }
}
