package io.millrace.trainer;

import io.millrace.model.artefact.ArtefactStore;
import io.millrace.model.artefact.Digest;
import io.millrace.runtime.EventLog;
import io.millrace.runtime.KafkaSettings;
import io.millrace.schemas.OffsetRange;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.Topics;
import io.millrace.schemas.TrainingWindow;
import io.millrace.schemas.WindowId;
import io.millrace.schemas.WindowOutcome;
import io.millrace.trainer.dataset.Dataset;
import io.millrace.trainer.dataset.DatasetBuilder;
import io.millrace.trainer.dataset.DatasetFiles;
import io.millrace.trainer.dataset.Manifest;
import io.millrace.trainer.dataset.WindowExamples;
import io.millrace.trainer.lineage.Champion;
import io.millrace.trainer.training.RunResult;
import io.millrace.trainer.training.RunSpec;
import io.millrace.trainer.training.SftRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From a window's plan to its files: the part that the trainer does once and a replay does again.
 */
record WindowRun(KafkaSettings kafka, ArtefactStore store, SftRun sft) {

    WindowResult run(WindowPlan plan, Staging staging) {
        Dataset dataset = dataset(plan);
        if (dataset.examples().isEmpty()) {
            return new WindowResult.Fruitless(WindowOutcome.EMPTY, emptiness(dataset), null);
        }
        try {
            DatasetFiles.write(staging.dataset(), dataset, manifest(plan, dataset));
            RunSpec spec =
                    new RunSpec(
                            plan.id(), dataset, adapter(plan.parent()), plan.config(), plan.seed());
            return switch (sft.train(spec, staging.adapter())) {
                case RunResult.Trained run -> {
                    describe(plan, dataset, staging);
                    yield new WindowResult.Trained(dataset, run);
                }
                case RunResult.Untrainable run ->
                        new WindowResult.Fruitless(WindowOutcome.EMPTY, run.reason(), null);
                case RunResult.Failed run ->
                        new WindowResult.Fruitless(WindowOutcome.FAILED, run.reason(), dataset);
                case RunResult.Abandoned() -> new WindowResult.Abandoned();
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String emptiness(Dataset dataset) {
        return dataset.erased() == 0
                ? "no examples since the window before"
                : "no examples left: the people behind "
                        + dataset.erased()
                        + " of them asked to be forgotten";
    }

    private Dataset dataset(WindowPlan plan) {
        DatasetBuilder builder =
                new DatasetBuilder(plan.config().replayRatio(), erased(plan), plan.seed());
        return builder.build(
                examples(plan.id(), plan.rangesOf(kafka, Topics.SFT)),
                plan.replayed().stream().map(this::examples).toList());
    }

    private WindowExamples examples(TrainingWindow past) {
        List<OffsetRange> ranges =
                past.ranges().stream()
                        .filter(range -> range.topic().equals(kafka.nameOf(Topics.SFT)))
                        .toList();
        return examples(past.windowId(), ranges);
    }

    private WindowExamples examples(WindowId window, List<OffsetRange> ranges) {
        return new WindowExamples(
                window,
                EventLog.readRanges(kafka, Topics.SFT, ranges).stream()
                        .map(logged -> logged.event().example())
                        .toList());
    }

    /**
     * Everyone who had asked to be forgotten when the window was cut. The topic is compacted: who
     * asks twice is found at the second time only, and a replay of a window between the two
     * differs.
     */
    private Set<PrincipalId> erased(WindowPlan plan) {
        Map<Integer, Long> known =
                plan.rangesOf(kafka, Topics.ERASURES).stream()
                        .collect(Collectors.toMap(OffsetRange::partition, OffsetRange::to));
        return EventLog.read(kafka, Topics.ERASURES).stream()
                .filter(logged -> logged.offset() < known.getOrDefault(logged.partition(), 0L))
                .map(logged -> logged.event().principal())
                .collect(Collectors.toUnmodifiableSet());
    }

    private @Nullable Path adapter(@Nullable Champion parent) {
        return parent == null ? null : store.verified(new Digest(parent.adapterDigest().hex()));
    }

    private static Manifest manifest(WindowPlan plan, Dataset dataset) {
        return new Manifest(
                plan.id(),
                plan.ranges(),
                plan.replayed().stream()
                        .map(window -> new Manifest.Source(window.windowId(), window.ranges()))
                        .toList(),
                plan.config().replayRatio(),
                plan.seed(),
                Manifest.Counts.of(dataset),
                dataset.sha256());
    }

    private void describe(WindowPlan plan, Dataset dataset, Staging staging) throws IOException {
        ModelCard card =
                new ModelCard(plan, sft.base(), dataset, ArtefactStore.digestOf(staging.dataset()));
        Files.writeString(staging.adapter().resolve("README.md"), card.text());
    }
}
