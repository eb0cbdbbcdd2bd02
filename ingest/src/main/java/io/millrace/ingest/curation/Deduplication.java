package io.millrace.ingest.curation;

import io.millrace.ingest.curation.Admission.Objection;
import io.millrace.ingest.curation.NearDuplicates.Match;
import io.millrace.ingest.curation.NearDuplicates.Sketch;
import io.millrace.ingest.curation.Split.Side;
import io.millrace.schemas.Example;
import io.millrace.schemas.ExampleId;
import io.millrace.schemas.HoldoutExample;
import io.millrace.schemas.QuarantinedExample;
import io.millrace.schemas.SftExample;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether an example says anything new, which near-duplicate cluster it belongs to, and on which
 * side of the split that lies. A (nearly) known prompt with the same answer is a duplicate; with
 * another answer it joins the prompt's cluster. A newer revision of an example stays in the
 * example's cluster, whatever else has come since.
 */
final class Deduplication {

    /**
     * What was published of an example.
     *
     * @param answered names its prompt and answer together
     */
    record Published(String cluster, int revision, String answered) {}

    /** What earlier examples left behind. */
    interface Memory extends NearDuplicates.Index {
        Optional<Published> published(ExampleId example);

        void putPublished(ExampleId example, Published published);

        /** The example that gave this answer to this prompt. */
        Optional<ExampleId> holder(String answered);

        void putHolder(String answered, ExampleId example);

        void removeHolder(String answered);
    }

    private final Split split;
    private final Memory memory;
    private final NearDuplicates nearDuplicates;
    private final Admission admission;

    /**
     * @param admission asked last; what it objects to is not remembered, so that it is no duplicate
     *     when somebody else says it
     */
    Deduplication(Split split, Memory memory, Admission admission) {
        this.split = split;
        this.memory = memory;
        this.admission = admission;
        this.nearDuplicates = new NearDuplicates(memory);
    }

    /**
     * Settles the fate of an example and remembers it.
     *
     * @param found about this example
     */
    Outcome decide(SftExample proposed, Findings found, Standing standing) {
        Example example = proposed.example();
        String answered = found.statement();
        Optional<Published> before = memory.published(example.exampleId());
        if (before.isPresent() && before.get().answered().equals(answered)) {
            return new Outcome.Dropped(Fate.DUPLICATE);
        }
        if (before.isPresent() && before.get().revision() > example.revision()) {
            return new Outcome.Dropped(Fate.SUPERSEDED);
        }
        Sketch sketch = nearDuplicates.sketch(PromptText.of(example.messages()), found.sketch());
        List<Match> similar = nearDuplicates.of(sketch);
        if (before.isEmpty() && isAnswered(similar, found)) {
            return new Outcome.Dropped(Fate.DUPLICATE);
        }
        List<String> clusters = clusters(before, similar);
        if (clusters.stream().map(split::sideOf).distinct().count() > 1
                && !standing.waives(QuarantineReason.STRADDLES_HOLDOUT)) {
            return straddling(proposed, clusters);
        }
        String cluster = clusters.isEmpty() ? "cluster-" + found.prompt() : clusters.getFirst();
        SftExample placed = new SftExample(example.inCluster(cluster), proposed.occurredAt());
        Optional<Objection> objection = admission.admit(placed, found, standing);
        if (objection.isPresent()) {
            return quarantined(placed, objection.get().reason(), objection.get().detail());
        }
        before.ifPresent(old -> memory.removeHolder(old.answered()));
        memory.putHolder(answered, example.exampleId());
        memory.putPublished(
                example.exampleId(), new Published(cluster, example.revision(), answered));
        if (similar.stream().noneMatch(m -> m.prompt().id().equals(found.prompt()))) {
            nearDuplicates.add(found.prompt(), cluster, sketch);
        }
        return onItsSide(placed);
    }

    private Outcome onItsSide(SftExample example) {
        Side side = split.sideOf(String.valueOf(example.example().cluster()));
        return switch (side) {
            case TRAIN -> new Outcome.Trained(example);
            case HOLDOUT ->
                    new Outcome.HeldOut(
                            new HoldoutExample(example.example(), example.occurredAt()));
        };
    }

    private boolean isAnswered(List<Match> similar, Findings found) {
        return similar.stream()
                .map(match -> found.statementTo(match.prompt().id()))
                .anyMatch(answered -> memory.holder(answered).isPresent());
    }

    /** The example's own cluster first, then those it resembles, the most similar first. */
    private static List<String> clusters(Optional<Published> before, List<Match> similar) {
        return Stream.concat(
                        before.map(Published::cluster).stream(),
                        similar.stream().map(m -> m.prompt().cluster()))
                .distinct()
                .toList();
    }

    /**
     * It resembles prompts on both sides: training on it would leak the examination, examining with
     * it would too.
     */
    private static Outcome straddling(SftExample proposed, List<String> clusters) {
        String detail =
                clusters.stream()
                        .collect(Collectors.joining(", ", "the prompt resembles those of ", ""));
        return quarantined(
                proposed,
                QuarantineReason.STRADDLES_HOLDOUT,
                detail + ", which lie on both sides of the split");
    }

    private static Outcome quarantined(SftExample example, QuarantineReason reason, String detail) {
        return new Outcome.Quarantined(
                new QuarantinedExample(
                        example.example(), reason.code(), detail, example.occurredAt()));
    }
}
