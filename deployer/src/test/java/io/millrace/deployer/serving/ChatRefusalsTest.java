package io.millrace.deployer.serving;

import static io.millrace.deployer.serving.Served.HELLO;
import static io.millrace.deployer.serving.Served.code;
import static io.millrace.deployer.serving.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the endpoint refuses, and in which words. */
class ChatRefusalsTest {

    private Served served;

    @BeforeEach
    void listen(@TempDir Path folder) {
        served = new Served(folder);
    }

    @AfterEach
    void close() {
        served.close();
    }

    @Test
    void anUnknownModelIsNotFound() {
        served.models.startWithBase();

        HttpResponse<String> response = served.chat(HELLO.replace("millrace", "gpt-4"));

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(code(response)).isEqualTo("model_not_found");
        assertThat(json(response).at("/error/message").stringValue()).contains("gpt-4");
    }

    @Test
    void anInteractionIdThatIsNoneIsRefused() {
        served.models.startWithBase();

        HttpResponse<String> response =
                served.chat(HELLO, "x-millrace-interaction-id", "not an id");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/error/param").stringValue())
                .isEqualTo("x-millrace-interaction-id");
    }

    @Test
    void aPromptLongerThanTheContextIsRefused() {
        served.models.startWithBase();

        HttpResponse<String> response =
                served.chat(HELLO.replace("where is my card", "word ".repeat(20)));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(code(response)).isEqualTo("context_length_exceeded");
    }

    @Test
    void aConversationThatTheChatFormatHasNoPlaceForIsRefused() {
        served.models.startWithBase();

        HttpResponse<String> response = served.chat(HELLO.replace("\"user\"", "\"assistant\""));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(code(response)).isEqualTo("invalid_conversation");
        assertThat(json(response).at("/error/message").stringValue()).contains("the user begins");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}]} | model",
                "{\"model\": 7, \"messages\": [{\"role\": \"user\", \"content\": \"a\"}]} | model",
                "{\"model\": \"base\"} | messages",
                "{\"model\": \"base\", \"messages\": []} | messages",
                "{\"model\": \"base\", \"messages\": [7]} | messages[0]",
                "{\"model\": \"base\", \"messages\": [{\"role\": \"tool\", \"content\": \"a\"}]} | messages[0].role",
                "{\"model\": \"base\", \"messages\": [{\"role\": \"user\"}]} | messages[0].content",
                "{\"model\": \"base\", \"messages\": [{\"role\": \"user\", \"content\": 7}]} | messages[0].content",
                "{\"model\": \"base\", \"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"image_url\"}]}]} | messages[0].content",
            })
    void aRequestThatIsNoneIsRefusedByNamingTheField(String body, String param) {
        HttpResponse<String> response = served.chat(body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/error/type").stringValue())
                .isEqualTo("invalid_request_error");
        assertThat(json(response).at("/error/param").stringValue()).isEqualTo(param);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "temperature | 3",
                "temperature | \"hot\"",
                "top_p | 0",
                "max_tokens | 0",
                "max_tokens | 1.5",
                "seed | \"x\"",
                "stream | \"yes\"",
                "user | \"a b\"",
                "n | 2",
                "tools | [{}]",
                "stop | \"x\"",
                "logprobs | true",
                "metadata | \"x\"",
                "metadata.tags | {\"tags\": 7}",
                "stream_options | 7",
            })
    void aFieldThatCannotBeHonouredIsRefusedByName(String param, String value) {
        String field = param.replaceAll("\\..*", "");

        HttpResponse<String> response =
                served.chat(
                        HELLO.replace(
                                "\"messages\"",
                                "\"%s\": %s, \"messages\"".formatted(field, value)));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/error/param").stringValue()).isEqualTo(param);
    }

    @Test
    void fieldsThatAreNullOrNeutralOrUnknownDoNoHarm() {
        served.models.startWithBase();

        HttpResponse<String> response =
                served.chat(
                        HELLO.replace(
                                "\"messages\"",
                                "\"n\": 1, \"tools\": [], \"stop\": null, \"temperature\": null,"
                                        + " \"logprobs\": false, \"store\": true,"
                                        + " \"response_format\": {\"type\": \"text\"}, \"messages\""));

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{\"model\"", "[]", "``", "{} trailing"})
    void aBodyThatIsNoJsonObjectIsRefused(String body) {
        HttpResponse<String> response = served.chat(body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/error/message").isString()).isTrue();
    }

    @Test
    void aBodyOverTheLimitIsTooLarge() {
        HttpResponse<String> response =
                served.chat(HELLO.replace("where", "x".repeat(2 * ChatEndpoint.MAX_BODY_BYTES)));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(code(response)).isEqualTo("request_too_large");
    }

    @Test
    void anUnknownPathIsNotFoundInTheSameWords() {
        HttpResponse<String> response = served.get("/v1/embeddings");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(code(response)).isEqualTo("unknown_url");
    }
}
