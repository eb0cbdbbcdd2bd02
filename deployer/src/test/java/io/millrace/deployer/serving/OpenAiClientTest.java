package io.millrace.deployer.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.models.Model;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenAI's own Java client, which checks each reply against what it expects of OpenAI. */
class OpenAiClientTest {

    private Served served;
    private OpenAIClient client;

    @BeforeEach
    void connect(@TempDir Path folder) {
        served = new Served(folder);
        served.flipTo("v1", "card arrival");
        client =
                OpenAIOkHttpClient.builder()
                        .baseUrl(served.url("/v1"))
                        .apiKey("none")
                        .responseValidation(true)
                        .build();
    }

    @AfterEach
    void close() {
        client.close();
        served.close();
    }

    @Test
    void readsAnAnswer() {
        ChatCompletion completion = client.chat().completions().create(asking("where is my card"));

        assertThat(completion.model()).isEqualTo("v1");
        assertThat(completion.choices().getFirst().message().content()).contains("card arrival");
        assertThat(completion.usage().orElseThrow().totalTokens()).isEqualTo(6);
    }

    @Test
    void readsAStreamedAnswer() {
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat()
                        .completions()
                        .createStreaming(
                                asking("where is my card").toBuilder()
                                        .streamOptions(
                                                ChatCompletionStreamOptions.builder()
                                                        .includeUsage(true)
                                                        .build())
                                        .build())) {
            stream.stream().map(ChatCompletionChunk::validate).forEach(accumulator::accumulate);
        }

        ChatCompletion whole = accumulator.chatCompletion();
        assertThat(whole.choices().getFirst().message().content()).contains("card arrival");
        assertThat(whole.choices().getFirst().finishReason())
                .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(whole.usage().orElseThrow().completionTokens()).isEqualTo(2);
    }

    @Test
    void listsTheModels() {
        assertThat(client.models().list().data())
                .extracting(Model::id)
                .containsExactly("millrace", "base", "v1");
    }

    @Test
    void understandsRefusals() {
        assertThatThrownBy(() -> client.chat().completions().create(asking("word ".repeat(20))))
                .isInstanceOfSatisfying(
                        BadRequestException.class,
                        e -> assertThat(e.code()).contains("context_length_exceeded"));
        assertThatThrownBy(() ->
                        client.chat()
                                .completions()
                                .create(asking("hello").toBuilder().model("gpt-4").build()))
                .isInstanceOf(NotFoundException.class);
    }

    /** The client that an application has stays connected while versions change under it. */
    @Test
    void seesNothingOfASwapButTheNewAnswer() {
        List<String> models = new ArrayList<>();
        for (int i = 2; i <= 6; i++) {
            served.flipTo("v" + i, "card arrival");
            models.add(client.chat().completions().create(asking("hello")).model());
        }

        assertThat(models).containsExactly("v2", "v3", "v4", "v5", "v6");
    }

    private static ChatCompletionCreateParams asking(String prompt) {
        return ChatCompletionCreateParams.builder()
                .model("millrace")
                .addUserMessage(prompt)
                .build();
    }
}
