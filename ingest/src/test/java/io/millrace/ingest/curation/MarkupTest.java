package io.millrace.ingest.curation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Markup of chat formats in what people say stays text, whoever trains on it. */
class MarkupTest {

    private static final List<String> CONTROL =
            List.of(
                    // ChatML; Llama 3 and 4; Phi; gpt-oss
                    "<|im_start|>",
                    "<|im_end|>",
                    "<|endoftext|>",
                    "<|begin_of_text|>",
                    "<|start_header_id|>",
                    "<|end_header_id|>",
                    "<|eot_id|>",
                    "<|header_start|>",
                    "<|reserved_special_token_250|>",
                    "<|system|>",
                    "<|channel|>",
                    // Llama 2
                    "<s>",
                    "</s>",
                    "[INST]",
                    "[/INST]",
                    "<<SYS>>",
                    "<</SYS>>",
                    // Gemma
                    "<bos>",
                    "<eos>",
                    "<pad>",
                    "<unk>",
                    "<mask>",
                    "<start_of_turn>",
                    "<end_of_turn>",
                    "<start_of_image>",
                    "<end_of_image>",
                    // Mistral
                    "[TOOL_CALLS]",
                    "[TOOL_RESULTS]",
                    "[/TOOL_RESULTS]",
                    "[AVAILABLE_TOOLS]",
                    "[/AVAILABLE_TOOLS]",
                    "[SYSTEM_PROMPT]",
                    "[/SYSTEM_PROMPT]",
                    // DeepSeek
                    "<\uFF5Cbegin\u2581of\u2581sentence\uFF5C>",
                    "<\uFF5CUser\uFF5C>",
                    "<\uFF5Ctool\u2581calls\u2581begin\uFF5C>",
                    // Qwen 3, DeepSeek R1
                    "<tool_call>",
                    "</tool_call>",
                    "<tool_response>",
                    "</tool_response>",
                    "<think>",
                    "</think>");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "a%sb",
                "<%s",
                "[%s",
                "<<%s>",
                "%s%s",
                " %s ",
                "\u200B%s",
                "%s\u0338",
                "e\u0301%s\u0301"
            })
    void noControlTokenIsLeftWhole(String around) {
        for (String token : CONTROL) {
            String said = Normalisation.of(around.replace("%s", token));

            assertThat(CONTROL).as(around + " " + token).noneMatch(said::contains);
            assertThat(said.replace(" ", ""))
                    .as("it stays readable")
                    .contains(token.substring(0, token.length() - 1));
            assertThat(Normalisation.of(said)).isEqualTo(said);
        }
    }

    /** What normalising takes away or puts together must not make a token that was not there. */
    @Test
    void noControlTokenComesOfNormalising() {
        List<String> invisible =
                List.of("\u0000", "\u0007", "\u200B", "\uFEFF", "\u202E", "\u2066", "\uD800");
        for (String token : CONTROL) {
            for (String odd : invisible) {
                for (int at = 1; at < token.length(); at++) {
                    String split = token.substring(0, at) + odd + token.substring(at);
                    String nested = token.substring(0, at) + token + token.substring(at);

                    assertThat(CONTROL).noneMatch(Normalisation.of(split)::contains);
                    assertThat(CONTROL).noneMatch(Normalisation.of(nested)::contains);
                }
            }
        }
    }

    @Test
    void whatOnlyLooksLikeMarkupStaysAsItIs() {
        for (String text :
                List.of(
                        "a < b | c > d",
                        "x[INSTANCE]",
                        "List<String>",
                        "<span>",
                        "[1] see [TOOLS]",
                        "<thinking>",
                        "if (a<|b|) {}")) {
            assertThat(Normalisation.of(text)).isEqualTo(text);
        }
    }
}
