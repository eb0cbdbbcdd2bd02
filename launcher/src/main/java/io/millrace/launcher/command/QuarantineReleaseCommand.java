package io.millrace.launcher.command;

import io.millrace.schemas.ReviewDecision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets quarantined examples go on to the steps that follow. */
@Command(
        name = "release",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Lets quarantined examples go on to the steps that follow.")
final class QuarantineReleaseCommand implements Runnable {

    @Mixin private ReviewOptions review = new ReviewOptions();

    @Override
    public void run() {
        review.decide(ReviewDecision.RELEASE);
    }
}
