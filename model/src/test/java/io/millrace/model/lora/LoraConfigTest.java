package io.millrace.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.config.ModelException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoraConfigTest {

    @Test
    void targetsAreASetInTheirOwnOrder() {
        LoraConfig one = new LoraConfig(4, 8, List.of("down_proj", "q_proj", "q_proj"));

        assertThat(one).isEqualTo(new LoraConfig(4, 8, List.of("q_proj", "down_proj")));
        assertThat(one.targetModules()).containsExactly("q_proj", "down_proj");
        assertThat(one.scale()).isEqualTo(2);
    }

    @Test
    void aTargetMayBeNamedByItsPathInABlock() {
        LoraConfig paths = new LoraConfig(4, 8, List.of("mlp.down_proj", "self_attn.q_proj"));

        assertThat(paths).isEqualTo(new LoraConfig(4, 8, List.of("q_proj", "down_proj")));
    }

    @Test
    void aStabilisedRankDividesByItsRoot() {
        assertThat(new LoraConfig(16, 8, 0, true, List.of("q_proj")).scale()).isEqualTo(2);
        assertThat(new LoraConfig(16, 8, 0, false, List.of("q_proj")).scale()).isEqualTo(0.5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void alphaMustBeANumberAboveZero(double alpha) {
        assertThatThrownBy(() -> LoraConfig.allLinear(4, alpha))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("lora_alpha");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, -0.1, Double.NaN})
    void dropoutLeavesSomethingIn(double dropout) {
        assertThatThrownBy(() -> new LoraConfig(4, 8, dropout, false, LoraConfig.ALL))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("lora_dropout must be from 0 to below 1");
    }

    @Test
    void anAdapterGoesOnUnderAnotherDropoutButNotAnotherScale() {
        LoraConfig plain = LoraConfig.allLinear(4, 8);

        assertThat(plain.continues(new LoraConfig(4, 8, 0.5, false, LoraConfig.ALL))).isTrue();
        assertThat(plain.continues(new LoraConfig(4, 8, 0, true, LoraConfig.ALL))).isFalse();
        assertThat(plain.continues(new LoraConfig(4, 9, 0, false, LoraConfig.ALL))).isFalse();
        assertThat(plain.continues(new LoraConfig(2, 8, 0, false, LoraConfig.ALL))).isFalse();
        assertThat(plain.continues(new LoraConfig(4, 8, List.of("q_proj")))).isFalse();
    }
}
