package io.millrace.trainer;

import io.millrace.runtime.KafkaSettings;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.OffsetRange;
import io.millrace.schemas.Sha256;
import io.millrace.schemas.Topic;
import io.millrace.schemas.TrainingWindow;
import io.millrace.schemas.WindowId;
import io.millrace.trainer.lineage.Champion;
import io.millrace.trainer.training.TrainingConfig;
import io.millrace.trainer.window.Ledger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides what a window's run makes. The ledger records all of it, so that a plan
 * can be made again.
 *
 * @param ranges of the instructions to learn, and of the erasures known when it was cut
 * @param parent the version that training starts from; absent for the base model itself
 */
record WindowPlan(
        WindowId id,
        int sequence,
        List<OffsetRange> ranges,
        @Nullable Champion parent,
        TrainingConfig config,
        long seed) {

    WindowPlan {
        ranges = List.copyOf(ranges);
    }

    /** The window that follows the ledger's last. */
    static WindowPlan next(
            Ledger ledger,
            List<OffsetRange> ranges,
            Optional<Champion> champion,
            TrainingConfig config) {
        int sequence = ledger.nextSequence();
        return new WindowPlan(
                new WindowId("w" + sequence),
                sequence,
                ranges,
                champion.orElse(null),
                config,
                config.seedOf(sequence));
    }

    /** The plan that a window was made by. */
    static WindowPlan recorded(TrainingWindow window, Ledger ledger) {
        ModelVersion parent = window.parent();
        Sha256 parentDigest = window.parentDigest();
        return new WindowPlan(
                window.windowId(),
                window.sequence(),
                window.ranges(),
                parent == null || parentDigest == null
                        ? null
                        : Champion.of(parent, parentDigest, ledger),
                TrainingConfig.read(window.config()),
                window.seed());
    }

    List<OffsetRange> rangesOf(KafkaSettings kafka, Topic<?> topic) {
        return ranges.stream().filter(range -> range.topic().equals(kafka.nameOf(topic))).toList();
    }

    /** The windows that earlier examples are drawn from: those that made the parent. */
    List<TrainingWindow> replayed() {
        return parent == null || config.replayRatio() == 0 ? List.of() : parent.windows();
    }

    /** Every window that goes into the result, oldest first, its own last. */
    List<WindowId> lineage() {
        Stream<WindowId> earlier =
                parent == null
                        ? Stream.of()
                        : parent.windows().stream().map(TrainingWindow::windowId);
        return Stream.concat(earlier, Stream.of(id)).toList();
    }
}
