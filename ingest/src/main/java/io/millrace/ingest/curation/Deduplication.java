package io.millrace.ingest.curation;

import io.millrace.ingest.curation.Admission.Objection;
import io.millrace.ingest.curation.NearDuplicates.Match;
import io.millrace.ingest.curation.NearDuplicates.Prompt;
import io.millrace.ingest.curation.NearDuplicates.Sketch;
import io.millrace.ingest.curation.Split.Side;
import io.millrace.schemas.Example;
import io.millrace.schemas.ExampleId;
import io.millrace.schemas.HoldoutExample;
import io.millrace.schemas.QuarantinedExample;
import io.millrace.schemas.SftExample;
import io.millrace.schemas.Sha256;
import java.nio.charset.StandardCharsets;
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

    private static final int HEX_DIGITS = 24;

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

    /** Settles the fate of an example and remembers it. */
    Outcome decide(SftExample proposed, Standing standing) {
        Example example = proposed.example();
        PromptText text = PromptText.of(example.messages());
        String promptId = promptId(text);
        String answered = answered(promptId, example);
        Optional<Published> before = memory.published(example.exampleId());
        if (before.isPresent() && before.get().answered().equals(answered)) {
            return new Outcome.Dropped(Fate.DUPLICATE);
        }
        if (before.isPresent() && before.get().revision() > example.revision()) {
            return new Outcome.Dropped(Fate.SUPERSEDED);
        }
        Sketch sketch = nearDuplicates.sketch(text);
        List<Match> similar = nearDuplicates.of(sketch);
        if (before.isEmpty() && isAnswered(similar, example)) {
            return new Outcome.Dropped(Fate.DUPLICATE);
        }
        List<String> clusters = clusters(before, similar);
        if (clusters.stream().map(split::sideOf).distinct().count() > 1
                && !standing.waives(QuarantineReason.STRADDLES_HOLDOUT)) {
            return straddling(proposed, clusters);
        }
        String cluster = clusters.isEmpty() ? "cluster-" + promptId : clusters.getFirst();
        SftExample placed = new SftExample(example.inCluster(cluster), proposed.occurredAt());
        Optional<Objection> objection = admission.admit(placed, standing);
        if (objection.isPresent()) {
            return quarantined(placed, objection.get().reason(), objection.get().detail());
        }
        before.ifPresent(old -> memory.removeHolder(old.answered()));
        memory.putHolder(answered, example.exampleId());
        memory.putPublished(
                example.exampleId(), new Published(cluster, example.revision(), answered));
        if (memory.prompt(promptId).isEmpty()) {
            nearDuplicates.add(new Prompt(promptId, cluster, text), sketch);
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

    private boolean isAnswered(List<Match> similar, Example example) {
        return similar.stream()
                .anyMatch(
                        match -> memory.holder(answered(match.prompt().id(), example)).isPresent());
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

    /** Names an example's prompt and answer together, however they are spelt. */
    static String statement(Example example) {
        PromptText text = PromptText.of(example.messages());
        return answered(promptId(text), example);
    }

    private static String promptId(PromptText text) {
        return digest(text.context() + "\n\n" + text.input());
    }

    private static String answered(String promptId, Example example) {
        return promptId + "/" + digest(example.answer());
    }

    static String digest(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, HEX_DIGITS);
    }
}
