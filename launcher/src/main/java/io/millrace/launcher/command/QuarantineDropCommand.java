package io.millrace.launcher.command;

import io.millrace.schemas.ReviewDecision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Keeps quarantined examples out for good, whoever says the same again. */
@Command(
        name = "drop",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Keeps quarantined examples out for good, whoever says the same again.")
final class QuarantineDropCommand implements Runnable {

    @Mixin private ReviewOptions review = new ReviewOptions();

    @Override
    public void run() {
        review.decide(ReviewDecision.DROP);
    }
}
