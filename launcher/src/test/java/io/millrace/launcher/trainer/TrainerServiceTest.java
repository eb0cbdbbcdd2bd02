package io.millrace.launcher.trainer;

import static io.millrace.launcher.trainer.TrainingGround.example;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.launcher.broker.DataDirectory;
import io.millrace.launcher.broker.EmbeddedBroker;
import io.millrace.model.artefact.Digest;
import io.millrace.runtime.EventLog;
import io.millrace.runtime.EventProducer;
import io.millrace.schemas.Candidate;
import io.millrace.schemas.Sha256;
import io.millrace.schemas.Topics;
import io.millrace.schemas.TrainingWindow;
import io.millrace.schemas.WindowId;
import io.millrace.trainer.Replay;
import io.millrace.trainer.ReplayResult;
import io.millrace.trainer.TrainerService;
import io.millrace.trainer.TrainerSettings;
import io.millrace.trainer.dataset.DatasetFiles;
import io.millrace.trainer.training.TrainingConfig;
import io.millrace.trainer.trigger.CountTrigger;
import io.millrace.trainer.window.Ledger;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The trainer on a real broker with real files; only the model is played. */
final class TrainerServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int FEW_EPOCHS = 2;
    private static final int LONG_EPOCHS = 10_000;
    private static final Duration STEP = Duration.ofMillis(20);
    private static final CountTrigger SILENT =
            new CountTrigger(Integer.MAX_VALUE, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    @TempDir private static Path data;
    private static EmbeddedBroker broker;

    private final FakeModel model = FakeModel.named("fake");
    private TrainingGround ground;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(DataDirectory.open(data.resolve("kafka")), 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void prepareGround() {
        ground = TrainingGround.on(broker.bootstrapServers(), data);
    }

    @AfterEach
    void closeGround() {
        ground.close();
    }

    @Test
    void eachRequestCutsOneWindowFromWhereTheLastOneEnded() {
        try (TrainerService _ = start(model)) {
            ground.curated(example("a", "one"), example("b", "two"), example("c", "three"));
            ground.requested("t1");
            awaitWindows(1);
            ground.curated(example("d", "four"), example("e", "five"));
            ground.requested("t2");
            awaitWindows(2);
        }

        assertThat(ground.windows()).extracting(TrainingWindow::examples).containsExactly(3L, 2L);
        theLedgerCoversEverything();
    }

    @Test
    void aWindowNamesItsCandidateAndTheFilesOfBothAreThere() throws IOException {
        ground.curated(example("a", "one"));
        ground.requested("t1");
        train(1);

        TrainingWindow window = ground.windows().getFirst();
        Candidate candidate = ground.events(Topics.CANDIDATES).getFirst();
        assertThat(candidate.windowId()).isEqualTo(window.windowId());
        assertThat(candidate.modelVersion()).isEqualTo(window.candidate());
        assertThat(candidate.adapterDigest()).isEqualTo(window.adapterDigest());
        assertThat(Path.of(URI.create(candidate.adapterUri())))
                .isEqualTo(ground.store().verified(new Digest(candidate.adapterDigest().hex())));
        assertThat(Sha256.of(Files.readAllBytes(ground.stored(DatasetFiles.EXAMPLES))))
                .isEqualTo(window.datasetSha256())
                .isEqualTo(candidate.datasetSha256());
    }

    @Test
    void aWindowWhoseCandidateCannotBeWrittenIsNotWrittenEither() {
        FakeModel unspeakable = FakeModel.named("x".repeat(EventProducer.MAX_EVENT_BYTES));
        ground.curated(example("a", "one"));
        ground.requested("t1");

        try (TrainerService trainer = start(unspeakable)) {
            await().atMost(PATIENCE).until(() -> !trainer.live());
        }

        assertThat(unspeakable.runs()).isEqualTo(1);
        assertThat(ground.windows()).isEmpty();
        assertThat(ground.events(Topics.CANDIDATES)).isEmpty();
    }

    @Test
    void aTriggerThatComesTwiceIsAnsweredOnce() {
        ground.curated(example("a", "one"));
        ground.requested("t1", "t1", "t2");

        train(2);

        assertThat(ground.triggers()).containsExactly("t1", "t2");
        assertThat(model.runs()).isEqualTo(1);
    }

    @Test
    void afterARestartOnlyUnansweredRequestsAreTrained() {
        ground.curated(example("a", "one"));
        ground.requested("t1");
        train(1);
        ground.curated(example("b", "two"));
        ground.requested("t2");
        train(2);

        assertThat(ground.triggers()).containsExactly("t1", "t2");
        assertThat(model.runs()).isEqualTo(2);
        theLedgerCoversEverything();
    }

    @Test
    void aRunThatIsClosedHalfWayLeavesNothing() {
        ground.curated(example("a", "one"));
        ground.requested("t1");

        closeHalfWay();

        assertThat(ground.windows()).isEmpty();
        assertThat(ground.events(Topics.CANDIDATES)).isEmpty();
        assertThat(ground.artefacts().resolve("staging")).isEmptyDirectory();
        assertThat(ground.artefacts().resolve("sha256")).isEmptyDirectory();
    }

    @Test
    void aRunThatWasClosedHalfWayIsDoneAfterTheNextStart() {
        ground.curated(example("a", "one"));
        ground.requested("t1");
        closeHalfWay();

        train(1);

        assertThat(ground.triggers()).containsExactly("t1");
        assertThat(ground.events(Topics.CANDIDATES)).hasSize(1);
        theLedgerCoversEverything();
    }

    @Test
    void whoAskedToBeForgottenBeforeTheWindowIsNotInItsDataset() throws IOException {
        ground.curated(example("a", "hers", "ann", 0), example("b", "his", "bob", 0));
        ground.forgotten("bob");
        ground.requested("t1");

        train(1);

        assertThat(ground.learned()).containsExactly("hers");
    }

    @Test
    void ofOneExampleTheHighestRevisionIsLearnedAndOfEqualOnesTheLast() throws IOException {
        ground.curated(
                example("a", "revised", "ann", 2),
                example("a", "stale", "ann", 1),
                example("b", "first", "ann", 1),
                example("b", "last", "ann", 1));
        ground.requested("t1");

        train(1);

        assertThat(ground.learned()).containsExactlyInAnyOrder("revised", "last");
    }

    @Test
    void aTrainerThatWasReplacedInTheMidstCommitsNothingAndSaysWhy() {
        var training = new CountDownLatch(1);
        var replaced = new CountDownLatch(1);
        FakeModel held =
                FakeModel.doing(() -> {
                    training.countDown();
                    awaitUnchecked(replaced);
                });
        ground.curated(example("a", "one"));
        ground.requested("t1");

        try (LoopDeaths deaths = LoopDeaths.watch();
                TrainerService zombie = start(held)) {
            awaitOpen(training);
            train(1);
            replaced.countDown();
            await().atMost(PATIENCE).until(() -> !zombie.live());
            await().atMost(PATIENCE).until(() -> !deaths.reasons().isEmpty());
            assertThat(deaths.reasons())
                    .singleElement()
                    .asString()
                    .startsWith("another process of the same name has taken over")
                    .contains("trainer")
                    .hasLineCount(1);
        }

        assertThat(ground.windows()).hasSize(1);
        assertThat(ground.events(Topics.CANDIDATES)).hasSize(1);
        theLedgerCoversEverything();
    }

    @Test
    void aWindowComesOutTheSameWhateverHappenedAfterIt() {
        ground.curated(example("a", "hers", "ann", 0), example("b", "his", "bob", 0));
        ground.requested("t1");
        train(1);
        ground.curated(example("a", "revised", "ann", 1));
        ground.forgotten("bob");
        ground.requested("t2");
        train(2);

        assertThat(replay("w1").matches()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {DatasetFiles.EXAMPLES, FakeModel.WEIGHTS})
    void aReplayNamesAStoredArtefactOfWhichOneByteIsNotAsItWas(String file) throws IOException {
        ground.curated(example("a", "one"));
        ground.requested("t1");
        train(1);
        Path altered = ground.stored(file);
        byte[] bytes = Files.readAllBytes(altered);
        bytes[bytes.length / 2] ^= 1;
        Files.write(altered, bytes);

        ReplayResult result = replay("w1");

        assertThat(result.matches()).isFalse();
        assertThat(result.altered())
                .singleElement()
                .extracting(digest -> ground.store().location(new Digest(digest.hex())))
                .isEqualTo(altered.getParent());
    }

    /** Starts a trainer and closes it once the ledger has so many windows. */
    private void train(int windows) {
        try (TrainerService _ = start(model)) {
            awaitWindows(windows);
        }
    }

    private void closeHalfWay() {
        var training = new CountDownLatch(1);
        FakeModel slow =
                FakeModel.doing(() -> {
                    training.countDown();
                    LockSupport.parkNanos(STEP.toNanos());
                });
        try (TrainerService _ = start(slow, LONG_EPOCHS)) {
            awaitOpen(training);
        }
    }

    private TrainerService start(FakeModel base) {
        return start(base, FEW_EPOCHS);
    }

    private TrainerService start(FakeModel base, int epochs) {
        TrainingConfig config =
                TrainingConfig.defaults().overriddenBy("{\"epochs\": %d}".formatted(epochs));
        var trainer =
                new TrainerService(
                        new TrainerSettings(ground.kafka(), config, SILENT),
                        base,
                        ground.store(),
                        new SimpleMeterRegistry(),
                        Clock.systemUTC());
        trainer.start();
        return trainer;
    }

    private static void awaitOpen(CountDownLatch latch) {
        await().atMost(PATIENCE).until(() -> latch.getCount() == 0);
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitWindows(int count) {
        await().atMost(PATIENCE).until(() -> ground.windows().size() >= count);
    }

    private void theLedgerCoversEverything() {
        Ledger ledger = Ledger.of(ground.windows());
        assertThat(ledger.verifyTiling()).isEmpty();
        assertThat(EventLog.endOffsets(ground.kafka(), Topics.SFT))
                .allSatisfy((partition, end) ->
                        assertThat(ledger.end(ground.kafka().nameOf(Topics.SFT), partition))
                                .isEqualTo(end));
    }

    private ReplayResult replay(String window) {
        return new Replay(ground.kafka(), model, ground.store(), Clock.systemUTC(), progress -> {})
                .replay(new WindowId(window));
    }
}
