package io.millrace.trainer;

import io.millrace.schemas.Example;
import io.millrace.schemas.ExampleId;
import io.millrace.schemas.ExampleSource;
import io.millrace.schemas.Message;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.OffsetRange;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.Sha256;
import io.millrace.schemas.TrainingWindow;
import io.millrace.schemas.TriggerId;
import io.millrace.schemas.WindowId;
import io.millrace.schemas.WindowOutcome;
import io.millrace.trainer.training.TrainingConfig;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Examples and windows for tests. */
public final class Given {

    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    public static final String SFT = "millrace.instructions.sft.v1";

    private Given() {}

    public static Example example(String id, String answer) {
        return example(id, answer, "ann", 0);
    }

    public static Example example(String id, String answer, String principal, int revision) {
        return new Example(
                new ExampleId(id),
                ExampleSource.DEMONSTRATION,
                "d-" + id,
                new PrincipalId(principal),
                List.of(Message.user("what of " + id + "?")),
                answer,
                List.of(),
                null,
                revision);
    }

    /** Examples e0, e1, … with a common prefix in their ids. */
    public static List<Example> examples(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> example(prefix + i, "answer " + i)).toList();
    }

    /** A window that made no candidate. */
    public static TrainingWindow window(int sequence, List<OffsetRange> ranges) {
        return window(sequence, ranges, null, null);
    }

    /** A window that made a candidate from a parent, where one is named. */
    public static TrainingWindow window(
            int sequence,
            List<OffsetRange> ranges,
            @Nullable String candidate,
            @Nullable String parent) {
        TrainingConfig config = TrainingConfig.defaults();
        return new TrainingWindow(
                new WindowId("w" + sequence),
                sequence,
                new TriggerId("t" + sequence),
                ranges,
                candidate == null ? WindowOutcome.EMPTY : WindowOutcome.CANDIDATE,
                10,
                0,
                List.of(),
                candidate == null ? null : digest("dataset of " + candidate),
                config.sha256(),
                config.text(),
                config.seedOf(sequence),
                digest("base"),
                parent == null ? null : new ModelVersion(parent),
                parent == null ? null : digest(parent),
                candidate == null ? null : new ModelVersion(candidate),
                candidate == null ? null : digest(candidate),
                null,
                NOON.plusSeconds(sequence));
    }

    public static OffsetRange range(int partition, long from, long to) {
        return new OffsetRange(SFT, partition, from, to);
    }

    public static Sha256 digest(String of) {
        return Sha256.of(of.getBytes(StandardCharsets.UTF_8));
    }
}
