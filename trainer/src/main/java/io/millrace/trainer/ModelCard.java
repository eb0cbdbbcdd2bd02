package io.millrace.trainer;

import io.millrace.model.artefact.Digest;
import io.millrace.schemas.OffsetRange;
import io.millrace.schemas.WindowId;
import io.millrace.trainer.dataset.Dataset;
import io.millrace.trainer.lineage.Champion;
import io.millrace.trainer.training.BaseModel;
import java.util.stream.Collectors;

/**
 * An adapter's {@code README.md}, as Hugging Face reads it. It is part of the adapter's digest, so
 * it tells recorded facts only: no time, no path.
 *
 * @param datasetArtefact where the dataset lies in the artefact store
 */
record ModelCard(WindowPlan plan, BaseModel base, Dataset dataset, Digest datasetArtefact) {

    String text() {
        return """
        ---
        base_model: "%s"
        library_name: peft
        license: %s
        pipeline_tag: text-generation
        tags:
        - lora
        - sft
        - millrace
        ---

        # LoRA adapter of window %s

        Fine-tuned by Millrace on people's corrections and demonstrations; the loss covers the answers alone.
        The same base, parent, dataset, configuration and seed make the same bytes on a CPU.

        | | |
        |---|---|
        | base model | %s, `%s` |
        | parent adapter | %s |
        | lineage | %s |
        | dataset | %d examples (%d fresh, %d replayed), SHA-256 `%s` |
        | dataset artefact | `%s` |
        | seed | %d |
        | configuration | SHA-256 `%s` |

        ## Records

        | topic | partition | from | to (excluded) |
        |---|---|---|---|
        %s

        ## Configuration

        ```json
        %s
        ```
        """
                .formatted(
                        base.name(),
                        plan.config().license(),
                        plan.id(),
                        base.name(),
                        base.digest(),
                        parent(),
                        plan.lineage().stream()
                                .map(WindowId::value)
                                .collect(Collectors.joining(" → ")),
                        dataset.examples().size(),
                        dataset.fresh(),
                        dataset.replayed(),
                        dataset.sha256(),
                        datasetArtefact,
                        plan.seed(),
                        plan.config().sha256(),
                        plan.ranges().stream()
                                .map(ModelCard::row)
                                .collect(Collectors.joining("\n")),
                        plan.config().text());
    }

    private String parent() {
        Champion parent = plan.parent();
        return parent == null
                ? "none: the base model itself"
                : "%s, `%s`".formatted(parent.version(), parent.adapterDigest());
    }

    private static String row(OffsetRange range) {
        return "| %s | %d | %d | %d |"
                .formatted(range.topic(), range.partition(), range.from(), range.to());
    }
}
