package io.millrace.schemas;

import static io.millrace.schemas.Cleanup.COMPACT;
import static io.millrace.schemas.Cleanup.DELETE;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The catalogue: every topic, its key, its writers, its partitions and how long it keeps. */
public final class Topics {

    /** Topic prefix where the configuration names no other. */
    public static final String DEFAULT_PREFIX = "millrace";

    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration LONG = Duration.ofDays(730);
    private static final Duration WEEK = Duration.ofDays(7);

    /** Partitions of the topics that carry traffic; curation scales to as many instances. */
    private static final int TRAFFIC = 6;

    /** Partitions of the curated topics. */
    private static final int CURATED = 3;

    public static final Topic<Interaction> INTERACTIONS =
            new Topic<>(
                    "interactions.v1",
                    Interaction.class,
                    "io.millrace.interaction.v1",
                    "interactionId",
                    e -> e.interactionId().value(),
                    Set.of(Owner.SERVING, Owner.GATEWAY),
                    TRAFFIC,
                    DELETE,
                    MONTH);
    public static final Topic<Feedback> FEEDBACK =
            new Topic<>(
                    "feedback.v1",
                    Feedback.class,
                    "io.millrace.feedback.v1",
                    "interactionId",
                    e -> e.interactionId().value(),
                    Set.of(Owner.GATEWAY),
                    TRAFFIC,
                    DELETE,
                    MONTH);
    public static final Topic<Correction> CORRECTIONS =
            new Topic<>(
                    "corrections.v1",
                    Correction.class,
                    "io.millrace.correction.v1",
                    "interactionId",
                    e -> e.interactionId().value(),
                    Set.of(Owner.GATEWAY),
                    TRAFFIC,
                    DELETE,
                    MONTH);
    public static final Topic<Demonstration> DEMONSTRATIONS =
            new Topic<>(
                    "demonstrations.v1",
                    Demonstration.class,
                    "io.millrace.demonstration.v1",
                    "demonstrationId",
                    e -> e.demonstrationId().value(),
                    Set.of(Owner.GATEWAY, Owner.IMPORTER),
                    TRAFFIC,
                    DELETE,
                    MONTH);
    public static final Topic<Erasure> ERASURES =
            new Topic<>(
                    "erasures.v1",
                    Erasure.class,
                    "io.millrace.erasure.v1",
                    "principal",
                    e -> e.principal().value(),
                    Set.of(Owner.GATEWAY, Owner.OPERATOR),
                    1,
                    COMPACT,
                    LONG);
    public static final Topic<SftExample> SFT =
            new Topic<>(
                    "instructions.sft.v1",
                    SftExample.class,
                    "io.millrace.instruction.sft.v1",
                    "example.exampleId",
                    e -> e.example().exampleId().value(),
                    Set.of(Owner.CURATION),
                    CURATED,
                    DELETE,
                    LONG);
    public static final Topic<Preference> PREFERENCES =
            new Topic<>(
                    "instructions.preferences.v1",
                    Preference.class,
                    "io.millrace.instruction.preference.v1",
                    "exampleId",
                    e -> e.exampleId().value(),
                    Set.of(Owner.CURATION),
                    CURATED,
                    DELETE,
                    LONG);
    public static final Topic<HoldoutExample> HOLDOUT =
            new Topic<>(
                    "instructions.holdout.v1",
                    HoldoutExample.class,
                    "io.millrace.instruction.holdout.v1",
                    "example.exampleId",
                    e -> e.example().exampleId().value(),
                    Set.of(Owner.CURATION),
                    CURATED,
                    DELETE,
                    LONG);
    public static final Topic<QuarantinedExample> QUARANTINE =
            new Topic<>(
                    "instructions.quarantine.v1",
                    QuarantinedExample.class,
                    "io.millrace.instruction.quarantined.v1",
                    "example.exampleId",
                    e -> e.example().exampleId().value(),
                    Set.of(Owner.CURATION),
                    CURATED,
                    DELETE,
                    LONG);
    public static final Topic<Review> REVIEWS =
            new Topic<>(
                    "instructions.reviews.v1",
                    Review.class,
                    "io.millrace.instruction.review.v1",
                    "exampleId",
                    e -> e.exampleId().value(),
                    Set.of(Owner.OPERATOR),
                    CURATED,
                    DELETE,
                    LONG);
    public static final Topic<TrainingRequest> REQUESTS =
            new Topic<>(
                    "training.requests.v1",
                    TrainingRequest.class,
                    "io.millrace.training.request.v1",
                    "triggerId",
                    e -> e.triggerId().value(),
                    Set.of(Owner.TRIGGER, Owner.GATEWAY),
                    1,
                    DELETE,
                    MONTH);
    public static final Topic<TrainingWindow> WINDOWS =
            new Topic<>(
                    "training.windows.v1",
                    TrainingWindow.class,
                    "io.millrace.training.window.v1",
                    "windowId",
                    e -> e.windowId().value(),
                    Set.of(Owner.TRAINER),
                    1,
                    COMPACT,
                    LONG);
    public static final Topic<TrainingProgress> PROGRESS =
            new Topic<>(
                    "training.progress.v1",
                    TrainingProgress.class,
                    "io.millrace.training.progress.v1",
                    "windowId",
                    e -> e.windowId().value(),
                    Set.of(Owner.TRAINER),
                    1,
                    DELETE,
                    WEEK);
    public static final Topic<Candidate> CANDIDATES =
            new Topic<>(
                    "models.candidates.v1",
                    Candidate.class,
                    "io.millrace.model.candidate.v1",
                    "modelVersion",
                    e -> e.modelVersion().value(),
                    Set.of(Owner.TRAINER),
                    1,
                    COMPACT,
                    LONG);
    public static final Topic<Verdict> VERDICTS =
            new Topic<>(
                    "models.verdicts.v1",
                    Verdict.class,
                    "io.millrace.model.verdict.v1",
                    "modelVersion",
                    e -> e.modelVersion().value(),
                    Set.of(Owner.EVALUATOR),
                    1,
                    COMPACT,
                    LONG);
    public static final Topic<Deployment> DEPLOYMENTS =
            new Topic<>(
                    "models.deployments.v1",
                    Deployment.class,
                    "io.millrace.model.deployment.v1",
                    "deploymentId",
                    e -> e.deploymentId().value(),
                    Set.of(Owner.DEPLOYER),
                    1,
                    COMPACT,
                    LONG);

    private Topics() {}

    /** Every topic, in the order that data meets them. */
    public static List<Topic<?>> all() {
        return List.of(
                INTERACTIONS,
                FEEDBACK,
                CORRECTIONS,
                DEMONSTRATIONS,
                ERASURES,
                SFT,
                PREFERENCES,
                HOLDOUT,
                QUARANTINE,
                REVIEWS,
                REQUESTS,
                WINDOWS,
                PROGRESS,
                CANDIDATES,
                VERDICTS,
                DEPLOYMENTS);
    }
}
