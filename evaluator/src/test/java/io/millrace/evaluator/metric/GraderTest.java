package io.millrace.evaluator.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class GraderTest {

    @Test
    void exactMatchIgnoresOuterWhiteSpaceAndHowAnAccentWasTyped() {
        assertThat(new ExactMatch().score(" cafe\u0301\n", List.of("caf\u00e9"))).isEqualTo(1);
    }

    @Test
    void exactMatchIsStrictAboutCaseAndPunctuation() {
        assertThat(new ExactMatch().score("Refund", List.of("refund", "refund."))).isZero();
    }

    @Test
    void anyReferenceWillDo() {
        assertThat(new ExactMatch().score("b", List.of("a", "b"))).isEqualTo(1);
    }

    @Test
    void containsFindsAReferenceInsideTheAnswer() {
        assertThat(new Contains().score("The fee is 5 EUR.", List.of("5 EUR"))).isEqualTo(1);
        assertThat(new Contains().score("The fee is 6 EUR.", List.of("5 EUR"))).isZero();
    }

    @Test
    void everyGraderIsFoundByItsName() {
        assertThat(Grader.all()).allSatisfy(g -> assertThat(Grader.named(g.name())).isEqualTo(g));
    }

    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() {
        assertThatThrownBy(() -> Grader.named("bleurt"))
                .hasMessage("no grader is named 'bleurt'; there are exact-match, contains");
    }
}
