package io.millrace.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.evaluator.gate.GatePolicy;
import io.millrace.evaluator.gate.SlicePolicy;
import io.millrace.evaluator.gate.SliceRule;
import io.millrace.evaluator.gate.Statistics;
import io.millrace.evaluator.suite.SuiteDirectory;
import io.millrace.ingest.curation.CurationRules;
import io.millrace.ingest.importer.LabelledExample;
import io.millrace.launcher.broker.DataDirectory;
import io.millrace.launcher.demo.Cast.Slice;
import io.millrace.launcher.demo.DemoResult.SliceResult;
import io.millrace.launcher.platform.KafkaChoice;
import io.millrace.launcher.platform.LoopConfig;
import io.millrace.launcher.platform.Platform;
import io.millrace.launcher.platform.PlatformConfig;
import io.millrace.launcher.platform.Ports;
import io.millrace.model.LanguageModel;
import io.millrace.model.artefact.ArtefactStore;
import io.millrace.runtime.EventLog;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.Logged;
import io.millrace.schemas.InteractionId;
import io.millrace.schemas.Outcome;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.Topics;
import io.millrace.schemas.WindowId;
import io.millrace.trainer.Replay;
import io.millrace.trainer.training.LoraBase;
import io.millrace.trainer.training.TrainingConfig;
import io.millrace.trainer.trigger.CountTrigger;
import io.millrace.trainer.window.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's scenario with a smaller budget: six intents, two of them new. */
abstract class LoopScenario {

    private static final Set<String> INTENTS =
            Set.of(
                    "reset password",
                    "track order",
                    "size advice",
                    "store hours",
                    "gift card",
                    "app crash");
    private static final SliceRule LENIENT = new SliceRule(10, true, 0.15, 0.35, 0);
    private static final SliceRule STRICT = new SliceRule(10, true, 0.05, 0.20, 0);

    @TempDir private Path data;

    /** Whose Kafka the loop runs on. */
    abstract KafkaChoice kafka();

    @Test
    void aModelGetsBetterFromCorrectionsAndTheHarmfulWindowIsRefused() throws Exception {
        Cast cast =
                Cast.of(
                        some(ShippedData.stream()),
                        some(ShippedData.holdout()),
                        new Cast.Newcomers.Named(List.of("gift card", "app crash")),
                        7);
        DemoResult result;
        KafkaSettings kafka;
        try (Platform platform = Platform.start(config(cast))) {
            platform.awaitReady(Duration.ofMinutes(2));
            kafka = platform.kafka();
            result = Demo.play(cast, 7, platform, new Account(System.out, false));

            theLoopDidItAll(result);
            windowsTile(kafka);
            theSecondWindowRepeats(kafka);
        }
        try (Platform again = Platform.start(config(cast))) {
            again.awaitReady(Duration.ofMinutes(2));
            theChampionIsBack(again, cast, result);
        }
    }

    private static void theLoopDidItAll(DemoResult result) {
        assertThat(result.windows())
                .extracting(DemoResult.Window::verdict)
                .startsWith(Outcome.PASS, Outcome.PASS);
        assertThat(result.harmfulWindow().verdict()).isEqualTo(Outcome.FAIL);
        assertThat(result.swap().requests()).isPositive();
        assertThat(result.swap().failed()).isZero();
        SliceResult fresh =
                result.slices().stream()
                        .filter(s -> s.name().equals(Slice.NEW.label()))
                        .findFirst()
                        .orElseThrow();
        assertThat(fresh.before()).isLessThan(0.05);
        assertThat(fresh.after()).isGreaterThan(0.6);
        assertThat(Path.of(result.report())).isRegularFile();
    }

    private static void windowsTile(KafkaSettings kafka) {
        Ledger ledger =
                Ledger.of(
                        EventLog.read(kafka, Topics.WINDOWS).stream().map(Logged::event).toList());

        assertThat(ledger.windows()).hasSize(3);
        assertThat(ledger.verifyTiling()).isEmpty();
    }

    private void theSecondWindowRepeats(KafkaSettings kafka) {
        try (LanguageModel base = LanguageModel.open(ShippedData.BASE_MODEL)) {
            Replay replay =
                    new Replay(
                            kafka,
                            new LoraBase(base),
                            new ArtefactStore(data.resolve("artefacts")),
                            Clock.systemUTC(),
                            progress -> {});

            assertThat(replay.replay(new WindowId("w2")).matches()).isTrue();
        }
    }

    private static void theChampionIsBack(Platform platform, Cast cast, DemoResult result)
            throws Exception {
        try (Doors doors = new Doors(platform.serving(), platform.gateway())) {
            Doors.Reply reply =
                    doors.ask(
                            cast.exam(Slice.NEW).getFirst(),
                            new InteractionId("after-the-restart"),
                            new PrincipalId("tester"));

            assertThat(reply.version()).isEqualTo(result.champion().version().value());
        }
    }

    private static List<LabelledExample> some(List<LabelledExample> examples) {
        return examples.stream().filter(example -> INTENTS.contains(example.tag())).toList();
    }

    private PlatformConfig config(Cast cast) throws IOException {
        Path suites = LoopConfig.suites(DataDirectory.open(data).root());
        GateSuite.write(cast, suites);
        GatePolicy policy =
                new GatePolicy(
                        "test",
                        1,
                        new Statistics(1, 2_000, 0.95),
                        List.of(
                                new SlicePolicy("old", List.copyOf(cast.known()), LENIENT),
                                new SlicePolicy("new", List.copyOf(cast.fresh()), LENIENT),
                                new SlicePolicy("suite", List.of(GateSuite.NAME), STRICT)),
                        LENIENT,
                        LENIENT);
        TrainingConfig training = TrainingConfig.defaults().overriddenBy("{\"epochs\": 8}");
        LoopConfig loop =
                new LoopConfig(
                        CurationRules.DEFAULT,
                        new CountTrigger(
                                30, Duration.ZERO, Duration.ofSeconds(3), Duration.ofMinutes(5)),
                        training,
                        policy,
                        SuiteDirectory.readAll(suites),
                        32);
        return new PlatformConfig(
                data, kafka(), Topics.DEFAULT_PREFIX, ShippedData.BASE_MODEL, Ports.ANY, loop);
    }
}
