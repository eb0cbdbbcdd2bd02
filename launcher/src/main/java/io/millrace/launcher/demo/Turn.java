package io.millrace.launcher.demo;

import io.millrace.runtime.MillraceException;
import io.millrace.schemas.Candidate;
import io.millrace.schemas.Deployment;
import io.millrace.schemas.DeploymentState;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.SliceVerdict;
import io.millrace.schemas.TrainingWindow;
import io.millrace.schemas.Verdict;
import io.millrace.schemas.WindowId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One turn of the wheel, as it was seen: a window, its candidate, the verdict and what became of
 * it.
 */
record Turn(TrainingWindow window, Candidate candidate, Verdict verdict, Deployment deployment) {

    private static final Duration TRAINING = Duration.ofMinutes(60);
    private static final Duration JUDGING = Duration.ofMinutes(20);
    private static final Duration DEPLOYING = Duration.ofMinutes(2);

    boolean live() {
        return deployment.state() == DeploymentState.LIVE;
    }

    /** Follows the turn with this sequence number to its end, and tells it. */
    static Turn follow(int sequence, Watch watch, Account account) {
        TrainingWindow window = train(sequence, watch, account);
        ModelVersion version = window.candidate();
        if (version == null) {
            throw new MillraceException(
                    "window %s made no candidate: %s"
                            .formatted(window.windowId(), window.reason()));
        }
        Candidate candidate =
                watch.await(() -> watch.candidate(version), DEPLOYING, "the candidate", () -> {});
        account.line(
                "window %s: offsets %s",
                window.windowId(),
                String.join(", ", window.ranges().stream().map(Turn::range).toList()));
        account.line(
                "%d fresh + %d replayed examples, dataset sha256 %s; candidate %s, loss %.3f",
                window.examples(),
                window.replayed(),
                candidate.datasetSha256().brief(),
                candidate.modelVersion(),
                candidate.trainLoss());
        Verdict verdict =
                watch.await(
                        () -> watch.verdict(candidate.modelVersion()),
                        JUDGING,
                        "the verdict",
                        () -> {});
        account.line(
                "the gate, challenger %s against %s:", candidate.modelVersion(), champion(verdict));
        account.table(gateTable(verdict));
        account.line("verdict: %s (%s)", verdict.outcome().name(), verdict.reason());
        Deployment deployment =
                watch.await(
                        () -> watch.deployment(candidate.modelVersion()),
                        DEPLOYING,
                        "the deployment",
                        () -> {});
        account.line("deployer: %s is %s", deployment.modelVersion(), word(deployment));
        return new Turn(window, candidate, verdict, deployment);
    }

    private static TrainingWindow train(int sequence, Watch watch, Account account) {
        WindowId id = new WindowId("w" + sequence);
        try (Account.Bar bar = account.bar("train " + id, 100)) {
            return watch.await(
                    () -> watch.window(sequence),
                    TRAINING,
                    "training window " + id,
                    () ->
                            watch.progress(id)
                                    .ifPresent(p ->
                                            bar.at(
                                                    100L * p.step() / p.totalSteps(),
                                                    String.format(
                                                            Locale.ROOT,
                                                            "step %d/%d, loss %.3f, %.0f tokens/s",
                                                            p.step(),
                                                            p.totalSteps(),
                                                            p.loss(),
                                                            p.tokensPerSecond()))));
        }
    }

    private static String range(io.millrace.schemas.OffsetRange range) {
        return "%s[%d] %d..%d"
                .formatted(range.topic(), range.partition(), range.from(), range.to());
    }

    private static String champion(Verdict verdict) {
        return verdict.champion() == null
                ? "the bare base model"
                : "champion " + verdict.champion();
    }

    private static List<List<String>> gateTable(Verdict verdict) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of(
                        "slice",
                        "n",
                        "champion",
                        "challenger",
                        "change",
                        "95 % interval",
                        "verdict"));
        for (SliceVerdict slice : verdict.slices()) {
            rows.add(
                    List.of(
                            slice.slice(),
                            Integer.toString(slice.n()),
                            percent(slice.champion()),
                            percent(slice.challenger()),
                            points(slice.change()),
                            "[" + points(slice.low()) + ", " + points(slice.high()) + "]",
                            slice.outcome().name().toLowerCase(Locale.ROOT)));
        }
        return rows;
    }

    static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * fraction);
    }

    private static String points(double fraction) {
        return String.format(Locale.ROOT, "%+.1f", 100 * fraction);
    }

    private static String word(Deployment deployment) {
        return deployment.state() == DeploymentState.LIVE
                ? "live under the alias '" + deployment.alias() + "'"
                : "refused: " + deployment.reason();
    }
}
