package io.millrace.model.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 3, 4})
    void aSequenceNeedsAPromptAndAResponse(int responseStart) {
        assertThatThrownBy(() -> new Tokens(new int[] {1, 2, 3}, responseStart))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sequencesAreEqualByWhatTheyHold() {
        Tokens tokens = new Tokens(new int[] {1, 2, 3}, 1);

        assertThat(tokens)
                .isEqualTo(new Tokens(new int[] {1, 2, 3}, 1))
                .hasSameHashCodeAs(new Tokens(new int[] {1, 2, 3}, 1))
                .isNotEqualTo(new Tokens(new int[] {1, 2, 3}, 2))
                .isNotEqualTo(new Tokens(new int[] {1, 2, 4}, 1));
        assertThat(tokens.toString()).isEqualTo("Tokens[3 ids, response from 1]");
    }
}
