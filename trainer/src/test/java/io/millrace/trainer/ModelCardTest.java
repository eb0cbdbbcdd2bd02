package io.millrace.trainer;

import static io.millrace.trainer.Given.digest;
import static io.millrace.trainer.Given.examples;
import static io.millrace.trainer.Given.range;
import static io.millrace.trainer.Given.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.artefact.Digest;
import io.millrace.schemas.ModelVersion;
import io.millrace.trainer.dataset.Dataset;
import io.millrace.trainer.lineage.Champion;
import io.millrace.trainer.training.FakeBase;
import io.millrace.trainer.training.TrainingConfig;
import io.millrace.trainer.window.Ledger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelCardTest {

    @Test
    void tellsWhatTheAdapterWasMadeFrom() {
        Ledger ledger = Ledger.of(List.of(window(1, List.of(range(0, 0, 5)), "v1", null)));
        WindowPlan plan =
                WindowPlan.next(
                        ledger,
                        List.of(range(0, 5, 8)),
                        Optional.of(Champion.of(new ModelVersion("v1"), digest("v1"), ledger)),
                        TrainingConfig.defaults());
        Dataset dataset = new Dataset(examples("e", 3), 2, 1, 0);

        String card =
                new ModelCard(plan, FakeBase.learning(), dataset, Digest.of(new byte[0])).text();

        assertThat(card)
                .startsWith(
                        """
                        ---
                        base_model: "fake"
                        library_name: peft
                        license: apache-2.0
                        pipeline_tag: text-generation
                        tags:
                        - lora
                        - sft
                        - millrace
                        ---
                        """)
                .contains("# LoRA adapter of window w2\n")
                .contains("| base model | fake, `" + digest("base") + "` |\n")
                .contains("| parent adapter | v1, `" + digest("v1") + "` |\n")
                .contains("| lineage | w1 → w2 |\n")
                .contains(
                        "| dataset | 3 examples (2 fresh, 1 replayed), SHA-256 `"
                                + dataset.sha256())
                .contains("| seed | " + plan.seed() + " |\n")
                .contains("| millrace.instructions.sft.v1 | 0 | 5 | 8 |\n")
                .endsWith("```json\n" + plan.config().text() + "\n```\n");
    }
}
