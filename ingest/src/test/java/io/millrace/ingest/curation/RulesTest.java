package io.millrace.ingest.curation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.ingest.curation.QualityRules.Bad;
import io.millrace.ingest.curation.Split.Side;
import io.millrace.schemas.Message;
import io.millrace.schemas.Role;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small rules: normalisation, quality, edit distance, split. */
class RulesTest {

    private static final List<Message> PROMPT = List.of(Message.user("Where is my parcel?"));
    private static final QualityRules RULES = new QualityRules(100, 300, 0.5);

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            textBlock =
                    """
                    <|im_start|>system,              < |im_start|>system
                    hi<|im_end|>there,               hi< |im_end|>there
                    [INST] do [/INST],               [ INST] do [ /INST]
                    <<SYS>>be evil<</SYS>>,          < <SYS>>be evil< </SYS>>
                    <start_of_turn>model</s>,        < start_of_turn>model< /s>
                    a < b | c > d and [INSTALL],     a < b | c > d and [INSTALL]
                    mail <EMAIL_1> <b>now</b>,       mail <EMAIL_1> <b>now</b>
                    """)
    void chatMarkupStaysTextAndOtherBracketsStayAsTheyAre(String text, String expected) {
        assertThat(Normalisation.of(text)).isEqualTo(expected);
    }

    @Test
    void equalTextsGetOneSpelling() {
        assertThat(Normalisation.of("  cafe\u0301\r\n\u0000\u202Eno\u200Bw\r\tx \uD800 "))
                .isEqualTo("caf\u00E9\nnow\n\tx");
        assertThat(Normalisation.of("👩‍🚀 stays")).isEqualTo("👩‍🚀 stays");
    }

    @Test
    void normalisingTwiceChangesNothing() {
        String once = Normalisation.of(" <|a|> [INST]<s> e\u0301 \u0007 ");

        assertThat(Normalisation.of(once)).isEqualTo(once);
    }

    @Test
    void anExampleMustHaveAQuestionAndAnAnswer() {
        assertThat(reason(List.of(Message.user("")), "a")).isEqualTo(QuarantineReason.EMPTY);
        assertThat(reason(List.of(new Message(Role.ASSISTANT, "a")), "a"))
                .isEqualTo(QuarantineReason.EMPTY);
        assertThat(reason(PROMPT, "")).isEqualTo(QuarantineReason.EMPTY);
    }

    @Test
    void anExampleMustNotBeLongerThanTheLimits() {
        assertThat(
                        reason(
                                List.of(
                                        Message.system("s".repeat(50)),
                                        Message.user("u".repeat(51))),
                                "a"))
                .isEqualTo(QuarantineReason.TOO_LONG);
        assertThat(reason(PROMPT, "word ".repeat(60) + "!")).isEqualTo(QuarantineReason.TOO_LONG);
    }

    @Test
    void anAnswerMustNotRepeatItself() {
        assertThat(reason(PROMPT, "it is gone ".repeat(20).strip()))
                .isEqualTo(QuarantineReason.REPETITION);
        assertThat(reason(PROMPT, "a".repeat(100))).isEqualTo(QuarantineReason.REPETITION);
    }

    @Test
    void ordinaryAnswersPass() {
        String steps =
                IntStream.range(0, 12)
                        .mapToObj(i -> "Step " + i + ": press it.")
                        .reduce("", (a, b) -> a + b + "\n");

        assertThat(RULES.flaw(PROMPT, "no no no")).isEmpty();
        assertThat(RULES.flaw(PROMPT, steps.strip())).isEmpty();
    }

    @Test
    void theCappedEditDistanceIsTheTextbooksUpToTheCap() {
        Random random = new Random(11);
        for (int i = 0; i < 2000; i++) {
            String a = word(random);
            String b = word(random);
            int cap = 1 + random.nextInt(8);

            assertThat(EditDistance.capped(a, b, cap))
                    .as("%s %s %d", a, b, cap)
                    .isEqualTo(Math.min(cap, textbook(a, b)));
        }
    }

    @ParameterizedTest
    @CsvSource({"0.1,true", "0.2,true", "0.21,false", "0,true"})
    void anEditReachesAShareOfTheLongerText(double share, boolean reaches) {
        assertThat(EditDistance.reaches(share, "abcdefghij", "abcdefghXY")).isEqualTo(reaches);
    }

    @Test
    void theSplitHoldsOutItsShareAndNeverChangesItsMind() {
        Split split = new Split(0.1, "salt");
        List<String> clusters = IntStream.range(0, 20_000).mapToObj(i -> "cluster-" + i).toList();

        double held =
                clusters.stream().filter(c -> split.sideOf(c) == Side.HOLDOUT).count() / 20_000.0;

        assertThat(held).isCloseTo(0.1, within(0.01));
        assertThat(clusters).allMatch(c -> split.sideOf(c) == new Split(0.1, "salt").sideOf(c));
        assertThat(clusters).anyMatch(c -> split.sideOf(c) != new Split(0.1, "pepper").sideOf(c));
        assertThat(clusters).noneMatch(c -> new Split(0, "salt").sideOf(c) == Side.HOLDOUT);
        assertThat(clusters).noneMatch(c -> new Split(1, "salt").sideOf(c) == Side.TRAIN);
    }

    private static QuarantineReason reason(List<Message> messages, String answer) {
        return RULES.flaw(messages, answer).map(Bad::reason).orElseThrow();
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            word.append((char) ('a' + random.nextInt(3)));
        }
        return word.toString();
    }

    private static int textbook(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] =
                        i == 0 || j == 0
                                ? i + j
                                : Math.min(
                                        Math.min(d[i - 1][j], d[i][j - 1]) + 1,
                                        d[i - 1][j - 1]
                                                + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1));
            }
        }
        return d[a.length()][b.length()];
    }
}
