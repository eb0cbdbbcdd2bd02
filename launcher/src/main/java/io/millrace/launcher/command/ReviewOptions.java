package io.millrace.launcher.command;

import io.millrace.launcher.operator.QuarantineDesk;
import io.millrace.launcher.platform.KafkaAccess;
import io.millrace.schemas.Review;
import io.millrace.schemas.ReviewDecision;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a decision about quarantined examples needs. */
final class ReviewOptions {

    @Parameters(
            paramLabel = "EXAMPLE",
            arity = "1..*",
            description = "as 'millrace quarantine list' prints them")
    private List<String> examples = new ArrayList<>();

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "who decides (default: ${DEFAULT-VALUE})")
    private String reviewer = System.getProperty("user.name", "operator");

    @Option(names = "--note", paramLabel = "TEXT", description = "why, for the record")
    private @Nullable String note;

    @Mixin private PlatformOptions options = new PlatformOptions();

    @Mixin private AnswerOption answer = new AnswerOption();

    /** Writes the decision about every example, or about none when one of them can't have it. */
    void decide(ReviewDecision decision) {
        var by = PersonOption.parse("--by", reviewer);
        List<Review> reviews = new ArrayList<>();
        try (KafkaAccess kafka = options.question()) {
            QuarantineDesk desk = QuarantineDesk.read(kafka.settings());
            for (String example : examples) {
                reviews.addAll(desk.decide(example, decision, by, note, Clock.systemUTC()));
            }
            QuarantineDesk.send(kafka.settings(), reviews);
        }
        answer.print(
                reviews, "%s: %d by %s%n".formatted(Wire.word(decision), reviews.size(), reviewer));
    }
}
