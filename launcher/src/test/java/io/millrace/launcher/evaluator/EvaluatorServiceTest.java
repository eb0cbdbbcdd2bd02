package io.millrace.launcher.evaluator;

import static io.millrace.launcher.evaluator.Filings.NOW;
import static io.millrace.launcher.evaluator.Filings.candidate;
import static io.millrace.launcher.evaluator.Filings.example;
import static io.millrace.launcher.evaluator.Filings.live;
import static io.millrace.launcher.evaluator.Filings.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.evaluator.EvaluatorConfig;
import io.millrace.evaluator.EvaluatorService;
import io.millrace.evaluator.suite.UnansweredException;
import io.millrace.launcher.broker.DataDirectory;
import io.millrace.launcher.broker.EmbeddedBroker;
import io.millrace.runtime.EventLog;
import io.millrace.runtime.EventProducer;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.Logged;
import io.millrace.runtime.TopicAdmin;
import io.millrace.schemas.Candidate;
import io.millrace.schemas.HoldoutExample;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.OffsetRange;
import io.millrace.schemas.Outcome;
import io.millrace.schemas.SftExample;
import io.millrace.schemas.Topics;
import io.millrace.schemas.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The evaluator on a real broker; only the models are played. */
final class EvaluatorServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int QUESTIONS = 60;

    @TempDir private static Path data;
    private static EmbeddedBroker broker;

    private final Stage stage = new Stage();
    private KafkaSettings kafka;
    private EventProducer others;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(DataDirectory.open(data), 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void fillTopics(TestInfo test) {
        kafka =
                new KafkaSettings(
                        broker.bootstrapServers(), test.getTestMethod().orElseThrow().getName());
        TopicAdmin.create(kafka);
        others = new EventProducer(kafka, "others");
        for (int i = 0; i < QUESTIONS; i++) {
            others.send(Topics.HOLDOUT, new HoldoutExample(example("h-" + i, "old " + i), NOW))
                    .join();
        }
    }

    @AfterEach
    void closeProducer() {
        others.close();
    }

    @Test
    void aCandidateGetsOneVerdictAndNoSecondOneAfterARestart() {
        stage.admit("v1", "old");
        publish(candidate("v1", null, "w1"), List.of());

        try (EvaluatorService evaluator = start()) {
            awaitReady(evaluator);
        }
        try (EvaluatorService evaluator = start()) {
            awaitReady(evaluator);
        }

        assertThat(verdicts())
                .singleElement()
                .satisfies(verdict -> {
                    assertThat(verdict.outcome()).isEqualTo(Outcome.PASS);
                    assertThat(verdict.champion()).isNull();
                    assertThat(verdict.holdout().stream().mapToLong(OffsetRange::span).sum())
                            .isEqualTo(QUESTIONS);
                    assertThat(Path.of(verdict.report())).isNotEmptyFile();
                });
    }

    @Test
    void aCandidateThatArrivesLaterIsHeldAgainstTheLiveVersion() {
        stage.admit("v1", "old").admit("v2", "nothing");
        try (EvaluatorService evaluator = start()) {
            publish(candidate("v1", null, "w1"), List.of());
            await().atMost(PATIENCE).until(() -> verdicts().size() == 1);
            others.send(Topics.DEPLOYMENTS, live("v1")).join();
            publish(candidate("v2", "v1", "w1", "w2"), List.of());
            await().atMost(PATIENCE).until(() -> verdicts().size() == 2);

            assertThat(evaluator.live()).isTrue();
        }

        Verdict second = verdicts().getLast();
        assertThat(second.champion()).isEqualTo(new ModelVersion("v1"));
        assertThat(second.outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void whatAnAncestorTrainedOnIsNotAsked() {
        stage.admit("v1", "old");
        var sent = others.send(Topics.SFT, new SftExample(example("s-1", "OLD  7"), NOW)).join();
        OffsetRange range =
                new OffsetRange(sent.topic(), sent.partition(), sent.offset(), sent.offset() + 1);
        publish(candidate("v1", null, "w1"), List.of(range));

        try (EvaluatorService evaluator = start()) {
            awaitReady(evaluator);
        }

        assertThat(stage.asked()).hasSize(2 * (QUESTIONS - 1)).doesNotContain("old 7");
    }

    @Test
    void anExaminationThatBreaksOffLeavesNoVerdictUntilARestartGetsThrough() {
        stage.admit(
                "v1",
                prompt -> {
                    throw new UnansweredException("the model gave NaN");
                });
        publish(candidate("v1", null, "w1"), List.of());
        try (EvaluatorService evaluator = start()) {
            awaitReady(evaluator);
            assertThat(verdicts()).isEmpty();
        }

        stage.admit("v1", "old");
        try (EvaluatorService evaluator = start()) {
            awaitReady(evaluator);
        }

        assertThat(verdicts()).hasSize(1);
    }

    @Test
    void anEvaluatorThatWasReplacedInTheMidstWritesNothing() throws InterruptedException {
        var examining = new CountDownLatch(1);
        var replaced = new CountDownLatch(1);
        stage.admit(
                "v1",
                prompt -> {
                    examining.countDown();
                    awaitUnchecked(replaced);
                    return "wrong";
                });
        publish(candidate("v1", null, "w1"), List.of());
        try (EvaluatorService zombie = start()) {
            examining.await();
            stage.admit("v1", "old");
            try (EvaluatorService successor = start()) {
                awaitReady(successor);
                replaced.countDown();
                await().atMost(PATIENCE).until(() -> !zombie.live());
            }
        }

        assertThat(verdicts()).singleElement().extracting(Verdict::outcome).isEqualTo(Outcome.PASS);
    }

    private EvaluatorService start() {
        MeterRegistry meters = new SimpleMeterRegistry();
        var evaluator =
                new EvaluatorService(
                        EvaluatorConfig.standard(data), kafka, stage, meters, progress -> {});
        evaluator.start();
        return evaluator;
    }

    private static void awaitReady(EvaluatorService evaluator) {
        await().atMost(PATIENCE).until(evaluator::ready);
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Verdict> verdicts() {
        return EventLog.read(kafka, Topics.VERDICTS).stream().map(Logged::event).toList();
    }

    private void publish(Candidate candidate, List<OffsetRange> ranges) {
        others.send(Topics.WINDOWS, window(candidate, ranges)).join();
        others.send(Topics.CANDIDATES, candidate).join();
    }
}
