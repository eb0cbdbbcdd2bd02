package io.millrace.launcher.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.evaluator.Admission;
import io.millrace.evaluator.ModelExaminees;
import io.millrace.evaluator.suite.Examinee;
import io.millrace.launcher.deployer.SmallModel;
import io.millrace.model.LanguageModel;
import io.millrace.model.artefact.Digest;
import io.millrace.schemas.Candidate;
import io.millrace.schemas.Message;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.Sha256;
import io.millrace.schemas.WindowId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examinees on a real, very small model. */
final class ModelExamineesTest {

    private static final List<Message> PROMPT = List.of(Message.user(SmallModel.PROMPT));

    @TempDir private static Path data;
    private static SmallModel model;
    private static Sha256 taught;
    private static LanguageModel base;
    private static ModelExaminees examinees;

    @BeforeAll
    static void teach() throws IOException {
        model = SmallModel.in(data);
        taught = model.taught("two");
        base = LanguageModel.open(model.directory());
        examinees = new ModelExaminees(base, model.artefacts(), 8);
    }

    @AfterAll
    static void close() {
        base.close();
    }

    @Test
    void anAdapterAnswersWhatItWasTaughtAndTheBareBaseDoesNot() {
        try (Examinee challenger = admitted(candidate(taught));
                Examinee champion = examinees.base()) {
            assertThat(challenger.answer(List.of(PROMPT), n -> {})).containsExactly("two");
            assertThat(champion.answer(List.of(PROMPT), n -> {})).doesNotContain("two");
        }
    }

    @Test
    void aPromptThatTheContextCannotHoldIsAnsweredWithNothingAndTheOthersAsEver() {
        List<Message> endless = List.of(Message.user("where ".repeat(500)));

        try (Examinee challenger = admitted(candidate(taught))) {
            assertThat(challenger.answer(List.of(PROMPT, endless, PROMPT), n -> {}))
                    .containsExactly("two", "", "two");
        }
    }

    @Test
    void aPromptThatTheChatFormatHasNoPlaceForIsAnsweredWithNothing(@TempDir Path folder)
            throws IOException {
        SmallModel other = SmallModel.in(folder);
        Files.writeString(
                other.directory().resolve("chat_format.yaml"),
                "{name: strict, alternating: true,"
                        + " turns: {assistant: {end: '<|im_end|>'}, other: {after: ': '}}}");

        try (LanguageModel strict = LanguageModel.open(other.directory());
                Examinee asked = new ModelExaminees(strict, other.artefacts(), 8).base()) {
            assertThat(asked.answer(List.of(List.of(Message.system("x"))), n -> {}))
                    .containsExactly("");
        }
    }

    @Test
    void progressIsToldAfterEveryBatch() {
        List<Integer> counts = new ArrayList<>();

        try (Examinee champion = examinees.base()) {
            champion.answer(Collections.nCopies(40, PROMPT), counts::add);
        }

        assertThat(counts).containsExactly(32, 40);
    }

    @Test
    void anAdapterThatIsMissingIsUnfit() {
        Sha256 unknown = new Sha256("0".repeat(64));

        assertThat(reason(examinees.admit(candidate(unknown)))).contains("is missing");
    }

    @Test
    void anAdapterThatWasAlteredIsUnfit() throws IOException {
        Sha256 altered = model.taught("one");
        Path folder = model.artefacts().location(new Digest(altered.hex()));
        Files.writeString(folder.resolve("adapter_config.json"), " ", StandardOpenOption.APPEND);

        assertThat(reason(examinees.admit(candidate(altered)))).contains("was altered");
    }

    @Test
    void anAdapterOfAnotherBaseIsUnfit() {
        Candidate foreign = candidate(taught, new Sha256("1".repeat(64)));

        assertThat(reason(examinees.admit(foreign)))
                .startsWith("it was trained on base model 111111111111, and ");
    }

    private static Examinee admitted(Candidate candidate) {
        Admission admission = examinees.admit(candidate);
        assertThat(admission).isInstanceOf(Admission.Admitted.class);
        return ((Admission.Admitted) admission).examinee();
    }

    private static String reason(Admission admission) {
        assertThat(admission).isInstanceOf(Admission.Unfit.class);
        return ((Admission.Unfit) admission).reason();
    }

    private static Candidate candidate(Sha256 adapter) {
        return candidate(adapter, new Sha256(base.digest().hex()));
    }

    private static Candidate candidate(Sha256 adapter, Sha256 baseDigest) {
        WindowId window = new WindowId("w1");
        return new Candidate(
                new ModelVersion("v1"),
                window,
                "base",
                baseDigest,
                adapter,
                "artefacts",
                null,
                List.of(window),
                adapter,
                adapter,
                1,
                0.5,
                List.of(),
                Instant.EPOCH);
    }
}
