package io.millrace.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.TinyModel;
import io.millrace.model.config.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Recorded verdicts of vLLM's loader, from the folder that {@code conformance.dir} names. Whatever
 * vLLM refuses is refused here too, but for what depends on how its server was started.
 */
@EnabledIfSystemProperty(named = "conformance.dir", matches = ".+")
class VllmRulesTest {

    @TempDir Path directory;

    private static JsonNode rules() {
        Path folder = Path.of(System.getProperty("conformance.dir", ""));
        return JsonMapper.shared().readTree(folder.resolve("vllm_adapter_rules.json").toFile());
    }

    static Stream<JsonNode> configurations() {
        return rules().path("adapter_config").valueStream();
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void configurationsAreAcceptedAsVllmAcceptsThem(JsonNode rule) throws IOException {
        JsonNode config = rule.path("config");
        Files.writeString(directory.resolve("adapter_config.json"), config.toString());
        boolean accepted = rule.path("expected").path("ok").asBoolean();
        boolean overServersRank =
                config.path("r").asInt(0) > rule.path("max_lora_rank").asInt()
                        && !config.path("use_dora").asBoolean(false);

        if (accepted) {
            LoraConfig read = AdapterConfigJson.read(directory.resolve("adapter_config.json"));
            assertThat(read.scale())
                    .isCloseTo(rule.path("expected").path("scaling").asDouble(), within(1e-9));
        } else if (!overServersRank) {
            assertThatThrownBy(
                            () -> AdapterConfigJson.read(directory.resolve("adapter_config.json")))
                    .isInstanceOf(ModelException.class);
        }
    }

    @Test
    void everyNameThatIsWrittenIsOneThatVllmParses() {
        List<String> parsed =
                rules().path("tensor_names")
                        .valueStream()
                        .filter(rule -> rule.path("parsed").isArray())
                        .map(rule -> rule.path("tensor").asString())
                        .toList();
        List<String> written =
                LoraFiles.slots(TinyModel.config(), LoraConfig.allLinear(1, 1)).stream()
                        .filter(slot -> slot.block() == 0)
                        .flatMap(slot -> Stream.of(slot.a().name(), slot.b().name()))
                        .toList();

        assertThat(written).hasSize(14);
        assertThat(parsed).containsAll(written);
    }
}
