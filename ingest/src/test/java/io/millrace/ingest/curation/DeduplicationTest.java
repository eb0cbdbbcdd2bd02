package io.millrace.ingest.curation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.ingest.Prompts;
import io.millrace.schemas.Example;
import io.millrace.schemas.ExampleId;
import io.millrace.schemas.ExampleSource;
import io.millrace.schemas.Message;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.SftExample;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeduplicationTest {

    private static final String PROMPT =
            "I ordered a tent last week and it has still not arrived, where is it?";
    private static final String NEARLY =
            "I ordered a tent last week and it has still not arrived, where is it now?";
    private static final String OTHER = "How do I reset the password of my account?";
    private static final Split ALL_TRAIN = new Split(0, "");
    private static final Admission ANYTHING_GOES = (placed, found, standing) -> Optional.empty();

    @Test
    void theSamePromptAndAnswerIsADuplicate() {
        Deduplication deduplication = new Deduplication(ALL_TRAIN, new Remembered(), ANYTHING_GOES);

        assertThat(decide(deduplication, example("a", PROMPT, "track", 0), Standing.ANYBODY))
                .isInstanceOf(Outcome.Trained.class);
        assertThat(decide(deduplication, example("b", PROMPT, "track", 0), Standing.ANYBODY))
                .isEqualTo(duplicate());
        assertThat(decide(deduplication, example("c", NEARLY, "track", 0), Standing.ANYBODY))
                .isEqualTo(duplicate());
        assertThat(decide(deduplication, example("a", PROMPT, "track", 0), Standing.ANYBODY))
                .isEqualTo(duplicate());
    }

    @Test
    void anotherAnswerToNearlyTheSamePromptJoinsItsCluster() {
        Deduplication deduplication = new Deduplication(ALL_TRAIN, new Remembered(), ANYTHING_GOES);

        Example first =
                trained(decide(deduplication, example("a", PROMPT, "track", 0), Standing.ANYBODY));
        Example nearly =
                trained(
                        decide(
                                deduplication,
                                example("b", NEARLY, "missing", 0),
                                Standing.ANYBODY));
        Example other =
                trained(
                        decide(
                                deduplication,
                                example("c", OTHER, "password", 0),
                                Standing.ANYBODY));

        assertThat(nearly.cluster()).isEqualTo(first.cluster());
        assertThat(other.cluster()).isNotEqualTo(first.cluster());
    }

    @Test
    void aSharedInstructionDoesNotMakeTwoInputsAlike() {
        Deduplication deduplication = new Deduplication(ALL_TRAIN, new Remembered(), ANYTHING_GOES);
        String instruction =
                "Name the intent of the customer's message, one label, lower case. ".repeat(5);

        Example first =
                trained(
                        decide(
                                deduplication,
                                example("a", Prompts.userMessage(instruction, "Hello"), "x", 0),
                                Standing.ANYBODY));
        Example second =
                trained(
                        decide(
                                deduplication,
                                example("b", Prompts.userMessage(instruction, "Cancel"), "x", 0),
                                Standing.ANYBODY));

        assertThat(second.cluster()).isNotEqualTo(first.cluster());
    }

    @Test
    void theSameInputUnderAnotherInstructionIsAnotherPrompt() {
        Deduplication deduplication = new Deduplication(ALL_TRAIN, new Remembered(), ANYTHING_GOES);

        decide(
                deduplication,
                example("a", Prompts.userMessage("Is this a complaint?", PROMPT), "yes", 0),
                Standing.ANYBODY);
        Outcome other =
                decide(
                        deduplication,
                        example(
                                "b",
                                Prompts.userMessage("Does it name a product?", PROMPT),
                                "yes",
                                0),
                        Standing.ANYBODY);

        assertThat(other).isInstanceOf(Outcome.Trained.class);
    }

    @Test
    void aNewerRevisionIsPublishedEvenWhenItAgreesWithAnotherExample() {
        Deduplication deduplication = new Deduplication(ALL_TRAIN, new Remembered(), ANYTHING_GOES);
        Example first =
                trained(decide(deduplication, example("a", PROMPT, "wrong", 1), Standing.ANYBODY));
        decide(deduplication, example("b", PROMPT, "track", 0), Standing.ANYBODY);

        Example revised =
                trained(decide(deduplication, example("a", PROMPT, "track", 2), Standing.ANYBODY));

        assertThat(revised.cluster()).isEqualTo(first.cluster());
        assertThat(decide(deduplication, example("a", PROMPT, "older", 1), Standing.ANYBODY))
                .isEqualTo(new Outcome.Dropped(Fate.SUPERSEDED));
    }

    @Test
    void anAnswerThatWasRevisedAwayMayBeGivenAgain() {
        Deduplication deduplication = new Deduplication(ALL_TRAIN, new Remembered(), ANYTHING_GOES);
        decide(deduplication, example("a", PROMPT, "wrong", 1), Standing.ANYBODY);
        decide(deduplication, example("a", PROMPT, "track", 2), Standing.ANYBODY);

        assertThat(decide(deduplication, example("b", PROMPT, "wrong", 0), Standing.ANYBODY))
                .isInstanceOf(Outcome.Trained.class);
    }

    @Test
    void aPromptBetweenTwoClustersOnBothSidesIsQuarantined() {
        String left = "please tell me where my parcel with the two green camping chairs is now";
        String between =
                "please tell me where my parcel with the two green camping chairs is today";
        String right = "kindly tell me where my parcel with the two green camping chairs is today";
        assertThat(NearDuplicates.among(List.of(left, right, between)))
                .extracting(NearDuplicates.Pair::first, NearDuplicates.Pair::second)
                .containsExactlyInAnyOrder(tuple(0, 2), tuple(1, 2));
        Deduplication deduplication =
                new Deduplication(saltThatSeparates(left, right), new Remembered(), ANYTHING_GOES);
        decide(deduplication, example("a", left, "x", 0), Standing.ANYBODY);
        decide(deduplication, example("b", right, "x", 0), Standing.ANYBODY);

        Outcome outcome = decide(deduplication, example("c", between, "y", 0), Standing.ANYBODY);

        assertThat(outcome).isInstanceOf(Outcome.Quarantined.class);
        assertThat(((Outcome.Quarantined) outcome).example().reason())
                .isEqualTo("straddles-holdout");
    }

    private static Split saltThatSeparates(String left, String right) {
        for (int salt = 0; salt < 1000; salt++) {
            Split split = new Split(0.5, Integer.toString(salt));
            Deduplication trial = new Deduplication(split, new Remembered(), ANYTHING_GOES);
            boolean leftTrains =
                    decide(trial, example("a", left, "x", 0), Standing.ANYBODY)
                            instanceof Outcome.Trained;
            boolean rightTrains =
                    decide(trial, example("b", right, "x", 0), Standing.ANYBODY)
                            instanceof Outcome.Trained;
            if (leftTrains != rightTrains) {
                return split;
            }
        }
        throw new AssertionError("no salt separates the two");
    }

    private static Outcome duplicate() {
        return new Outcome.Dropped(Fate.DUPLICATE);
    }

    private static Example trained(Outcome outcome) {
        return ((Outcome.Trained) outcome).example().example();
    }

    private static SftExample example(String id, String prompt, String answer, int revision) {
        Example example =
                new Example(
                        new ExampleId(id),
                        ExampleSource.CORRECTION,
                        "source-" + id,
                        new PrincipalId("ann"),
                        List.of(Message.user(prompt)),
                        answer,
                        List.of(),
                        null,
                        revision);
        return new SftExample(example, Events.MORNING);
    }

    private static Outcome decide(Deduplication desk, SftExample example, Standing standing) {
        return desk.decide(example, Findings.of(example.example(), Optional.empty()), standing);
    }
}
