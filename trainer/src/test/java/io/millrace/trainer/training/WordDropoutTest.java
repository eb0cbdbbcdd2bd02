package io.millrace.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.chat.ChatMessage;
import io.millrace.model.chat.Tokens;
import io.millrace.trainer.training.Sequences.Sequence;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordDropoutTest {

    private final FakeBase base = FakeBase.learning();
    private final Sequence sequence = sequence("one two three four five six seven eight");

    @Test
    void leavesNothingOutWhenItsShareIsZero() {
        assertThat(new WordDropout(0, base).apply(sequence, new SplittableRandom(1)))
                .isEqualTo(sequence.tokens());
    }

    @Test
    void shortensPromptsAndKeepsTheAnswer() {
        WordDropout dropout = new WordDropout(0.5, base);
        SplittableRandom random = new SplittableRandom(1);

        List<Tokens> thinned =
                IntStream.range(0, 50).mapToObj(i -> dropout.apply(sequence, random)).toList();

        assertThat(thinned).allMatch(t -> t.length() <= sequence.length());
        assertThat(thinned).anyMatch(t -> t.length() < sequence.length());
        assertThat(thinned).allMatch(t -> t.responseLength() == sequence.tokens().responseLength());
    }

    @Test
    void isTheSameForTheSameSeed() {
        WordDropout dropout = new WordDropout(0.5, base);

        assertThat(dropout.apply(sequence, new SplittableRandom(3)))
                .isEqualTo(dropout.apply(sequence, new SplittableRandom(3)));
    }

    @Test
    void keepsAPromptWhoseWordsWouldAllGo() {
        Sequence single = sequence("help");
        WordDropout dropout = new WordDropout(0.999, base);

        assertThat(dropout.apply(single, new SplittableRandom(1))).isEqualTo(single.tokens());
    }

    private Sequence sequence(String text) {
        List<ChatMessage> prompt = List.of(ChatMessage.user(text));
        return new Sequence(prompt, "answer", base.encode(prompt, "answer"));
    }
}
