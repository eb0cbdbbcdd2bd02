package io.millrace.ingest.contamination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ingest.contamination.Leak.Kind;
import io.millrace.ingest.contamination.SuitePrompts.Case;
import io.millrace.schemas.Example;
import io.millrace.schemas.ExampleId;
import io.millrace.schemas.ExampleSource;
import io.millrace.schemas.Message;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateSuitesTest {

    private static final String LONG =
            "my parcel was to arrive on friday but the courier left it with a neighbour whom nobody"
                    + " here knows";
    private static final String ESSAY =
            "the mill stands where the river bends and its wheel has turned in every winter since"
                    + " the bridge was built";

    private final GateSuites suites =
            suite(
                    asked("short", "Name the intent.\n\nWhere is it?", "track parcel"),
                    asked(
                            "nine",
                            "Name the intent.\n\nthe blue tent leaks at the second seam again",
                            "fault"),
                    asked("long", "Name the intent.\n\n" + LONG, "misdelivery"),
                    asked("essay", "Write about the mill.", ESSAY));

    @Test
    void theSamePromptLeaksHoweverShortAndHoweverWritten() {
        assertThat(leak("Name the intent.\n\n  where is it", "anything"))
                .isEqualTo(new Leak("operator", "short", Kind.QUESTION, 6));
    }

    @Test
    void sharedInstructionLabelAndShortPhraseAreNoLeak() {
        assertThat(clean("Name the intent.\n\nWhere is it now, and who has it?", "track parcel"))
                .isTrue();
        assertThat(clean("Where is it?", "track parcel")).isTrue();
        assertThat(clean("Name the intent.\n\nmy parcel was to arrive on friday", "misdelivery"))
                .isTrue();
    }

    @Test
    void thirteenWordsInARowLeakWhereverTheyStandAndTwelveDoNot() {
        List<String> words = List.of(LONG.split(" "));
        String thirteen = String.join(" ", words.subList(3, 16));
        String twelve = String.join(" ", words.subList(3, 15));

        assertThat(leak("Look: " + thirteen.toUpperCase(java.util.Locale.ROOT) + "!", "ok"))
                .isEqualTo(new Leak("operator", "long", Kind.PASSAGE, 13));
        assertThat(leak("Tell me a story", "Once " + thirteen)).isNotNull();
        assertThat(clean("Look: " + twelve + "!", "ok")).isTrue();
    }

    @Test
    void aQuestionOfNineWordsLeaksOnlyAsAWhole() {
        assertThat(leak("Hello, the blue tent leaks at the second seam again, help", "ok"))
                .isEqualTo(new Leak("operator", "nine", Kind.PASSAGE, 9));
        assertThat(clean("Hello, the blue tent leaks at the second seam, help", "ok")).isTrue();
    }

    @Test
    void aRightAnswerLeaksByItsPassages() {
        assertThat(leak("Describe a mill", ESSAY).caseId()).isEqualTo("essay");
    }

    @Test
    void anEarlierTurnOfTheConversationLeaksToo() {
        Example example =
                example(
                        List.of(
                                Message.user(LONG),
                                new Message(Role.ASSISTANT, "I see."),
                                Message.user("and now?")),
                        "ok");

        assertThat(suites.leak(example)).isPresent();
    }

    @Test
    void wordsThatMostOfASuiteSharesAreItsMannerAndNoLeak() {
        String manner =
                "please read the following message of a customer with care and name its intent in"
                        + " two words: ";
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            cases.add(asked("c-" + i, manner + "message number " + i, "label"));
        }
        GateSuites mannered = suite(cases.toArray(Case[]::new));

        assertThat(mannered.leak(example(List.of(Message.user(manner + "it broke")), "label")))
                .isEmpty();
        assertThat(mannered.leak(example(List.of(Message.user(manner + "message number 7")), "x")))
                .isPresent();
    }

    @Test
    void theDetailNamesTheCaseAndNothingOfItsText() {
        assertThat(leak("Hm, " + LONG, "ok").detail())
                .isEqualTo("it shares 13 words in a row with case long of suite operator");
    }

    private Leak leak(String prompt, String answer) {
        return suites.leak(example(List.of(Message.user(prompt)), answer)).orElseThrow();
    }

    private boolean clean(String prompt, String answer) {
        return suites.leak(example(List.of(Message.user(prompt)), answer)).isEmpty();
    }

    private static GateSuites suite(Case... cases) {
        return GateSuites.of(List.of(new SuitePrompts("operator", List.of(cases))));
    }

    private static Case asked(String id, String prompt, String reference) {
        return new Case(id, List.of(Message.user(prompt)), List.of(reference));
    }

    private static Example example(List<Message> messages, String answer) {
        return new Example(
                new ExampleId("ex-1"),
                ExampleSource.CORRECTION,
                "i-1",
                new PrincipalId("ann"),
                messages,
                answer,
                List.of(),
                null,
                0);
    }
}
