package io.millrace.evaluator.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.UsageException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class GatePolicyTest {

    private static final String YAML =
            """
            name: support
            version: 2
            statistics: {seed: 1, resamples: 10000, confidence: 0.95}
            slices:
              - name: old
                tags: [old]
                rule: {minimumSamples: 30, blocking: true, allowedLoss: 0.03, nonInferiorityMargin: 0.1, minimumScore: 0}
            other: {minimumSamples: 30, blocking: false, allowedLoss: 0.03, nonInferiorityMargin: 0.1, minimumScore: 0}
            overall: {minimumSamples: 30, blocking: true, allowedLoss: 0.03, nonInferiorityMargin: 0.1, minimumScore: 0}
            """;

    @Test
    void theStandardPolicyNamesTheSlicesOldAndNew() {
        assertThat(GatePolicyFile.standard().slices())
                .extracting(SlicePolicy::name)
                .containsExactly("old", "new");
    }

    @Test
    void theDigestIgnoresCommentsAndTheOrderOfKeys() {
        String reordered =
                YAML.replace(
                        "name: support\nversion: 2\n", "# theirs\nversion: 2\nname: support\n");

        assertThat(parse(reordered).digest()).isEqualTo(parse(YAML).digest());
    }

    @Test
    void theDigestChangesWithAnyThreshold() {
        String laxer = YAML.replaceFirst("allowedLoss: 0.03", "allowedLoss: 0.04");

        assertThat(parse(laxer).digest()).isNotEqualTo(parse(YAML).digest());
    }

    @Test
    void allProblemsAreNamedAtOnce() {
        String wrong =
                YAML.replace("version: 2", "version: 0")
                        .replace("resamples: 10000", "resamples: 9")
                        .replace("tags: [old]", "tags: []")
                        .replaceFirst("nonInferiorityMargin: 0.1", "nonInferiorityMargin: 0.01");

        assertThatThrownBy(() -> parse(wrong))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "gate policy support.yaml: version must be at least 1;"
                                + " statistics.resamples must be at least 1000; slice 'old' needs at"
                                + " least one tag; slice 'old': rule.nonInferiorityMargin must lie"
                                + " between allowedLoss and 1");
    }

    @Test
    void anUnknownKeyIsRefusedByName() {
        String misspelt = YAML + "overal: {}\n";

        assertThatThrownBy(() -> parse(misspelt))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("unknown key 'overal'")
                .hasMessageContaining("overall");
    }

    @Test
    void aMissingKeyIsNamed() {
        String without = YAML.replaceFirst("allowedLoss: 0.03, ", "");

        assertThatThrownBy(() -> parse(without))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("allowedLoss");
    }

    @Test
    void textThatIsNoYamlIsRefusedInOneLine() {
        assertThatThrownBy(() -> parse("slices: [}"))
                .isInstanceOf(UsageException.class)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> GatePolicyFile.read(Path.of("no-such-policy.yaml")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("no-such-policy.yaml");
    }

    private static GatePolicy parse(String yaml) {
        return GatePolicyFile.parse(yaml, "support.yaml");
    }
}
