package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.launcher.deployer.SmallModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Training, merging and chatting on a real, small model. */
final class TrainAndChatTest {

    private static final String QUESTION =
            "{\"messages\": [{\"role\": \"user\", \"content\": \"where is my card\"},"
                    + " {\"role\": \"assistant\", \"content\": \"one two\"}]}\n";

    @TempDir private Path folder;
    private Path model;

    private record Answer(int exitCode, String out, String err) {}

    @BeforeEach
    void makeModel() throws IOException {
        model = SmallModel.in(folder).directory();
    }

    @Test
    void whatWasTrainedOnIsAnswered() throws IOException {
        Path adapter = folder.resolve("adapter");

        Answer trained = train(QUESTION.repeat(8), adapter, "-o", "json");

        assertThat(trained.exitCode()).as(trained.err()).isZero();
        JsonNode told = JsonMapper.shared().readTree(trained.out());
        assertThat(told.path("examples").asInt()).isEqualTo(8);
        // With 32 dimensions and tied random embeddings none of 300 tokens can be surer than e^-1.
        assertThat(told.path("trainLoss").asDouble()).isBetween(0.0, 1.2);
        assertThat(adapter).isDirectoryContaining("glob:**/adapter_config.json");
        assertThat(chat("--adapter", adapter, "--prompt", "where is my card").out().strip())
                .isEqualTo("one two");
        assertThat(chat("--prompt", "where is my card").out().strip()).isNotEqualTo("one two");
    }

    @Test
    void theAdaptersShapeIsWhatTheOptionsSay() throws IOException {
        Path adapter = folder.resolve("adapter");
        String shape = "--rslora --rank 4 --alpha 8 --dropout 0.1 --targets q_proj,mlp.down_proj";

        Answer trained = train(QUESTION, adapter, (Object[]) shape.split(" "));

        assertThat(trained.exitCode()).as(trained.err()).isZero();
        JsonNode json = JsonMapper.shared().readTree(adapter.resolve("adapter_config.json"));
        assertThat(json.path("r").asInt()).isEqualTo(4);
        assertThat(json.path("lora_alpha").asDouble()).isEqualTo(8);
        assertThat(json.path("lora_dropout").asDouble()).isEqualTo(0.1);
        assertThat(json.path("use_rslora").asBoolean()).isTrue();
        assertThat(json.path("target_modules").valueStream().map(JsonNode::asString))
                .containsExactly("q_proj", "down_proj");
    }

    @Test
    void anAdapterIsMergedIntoAModelThatNeedsNone() throws IOException {
        Path adapter = folder.resolve("adapter");
        Path merged = folder.resolve("merged");
        train(QUESTION.repeat(8), adapter);

        Answer answer = merge(adapter, merged, "-o", "json");

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        JsonNode told = JsonMapper.shared().readTree(answer.out());
        assertThat(told.path("layers").asInt()).isEqualTo(14);
        assertThat(told.path("rank").asInt()).isEqualTo(16);
        assertThat(told.path("scale").asDouble()).isEqualTo(2);
        assertThat(told.path("formats").path(0).asString()).isEqualTo("F32");
        assertThat(chat("--model", merged, "--prompt", "where is my card").out().strip())
                .isEqualTo("one two");
        assertThat(merge(adapter, folder.resolve("again")).out())
                .contains("rank 16 into 14 weights of base", told.path("sha256").asString());
    }

    @Test
    void whatIsNotAnAdapterOfTheModelIsNotMerged() throws IOException {
        Path there = Files.createDirectories(folder.resolve("there"));

        assertThat(merge(folder, there).exitCode()).isEqualTo(2);
        assertThat(merge(folder, there).err()).contains("--out").contains("is there already");
        assertThat(merge(folder, folder.resolve("merged")).exitCode()).isEqualTo(1);
        assertThat(merge(folder, folder.resolve("merged")).err())
                .contains("adapter_config.json is missing: name a PEFT adapter directory");
        assertThat(folder.resolve("merged")).doesNotExist();
    }

    @Test
    void theSameFileGivesTheSameBytes() throws IOException {
        train(QUESTION.repeat(3), folder.resolve("one"), "--epochs", "2");
        train(QUESTION.repeat(3), folder.resolve("two"), "--epochs", "2");

        String name = "adapter_model.safetensors";
        assertThat(folder.resolve("one").resolve(name))
                .hasSameBinaryContentAs(folder.resolve("two").resolve(name));
    }

    @Test
    void rowsThatCannotBeUsedAreNamed() throws IOException {
        String rows = QUESTION + "{\"messages\": []}\n";

        Answer answer = train(rows, folder.resolve("some"), "--epochs", "1");
        Answer strict = train(rows, folder.resolve("all"), "--strict");

        assertThat(answer.exitCode()).isZero();
        assertThat(strict.exitCode()).isEqualTo(2);
        assertThat(strict.err()).contains("--strict").contains("1 rows");
        assertThat(folder.resolve("all")).doesNotExist();
    }

    @Test
    void examplesThatAreTooLongAreNamedAndLeaveNothing() throws IOException {
        Answer answer = train(QUESTION, folder.resolve("none"), "--max-tokens", "4");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains("line-1").contains("the limit is 4");
        assertThat(folder.resolve("none")).doesNotExist();
        assertThat(folder.resolve("none.part")).doesNotExist();
    }

    @Test
    void aDirectoryThatIsThereIsLeftAlone() throws IOException {
        Path there = Files.createDirectories(folder.resolve("there"));

        Answer answer = train(QUESTION, there);

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("is there already");
    }

    @Test
    void optionsThatMakeNoSenseAreNamed() throws IOException {
        Path none = folder.resolve("none");
        assertThat(train(QUESTION, none, "--dropout", "1").err()).contains("--dropout must be");
        assertThat(train(QUESTION, none, "--targets", "q_proj,lm_head").err())
                .contains(
                        "--targets: 'lm_head' is no linear layer of a block; use some of q_proj,");
        assertThat(train(QUESTION, none, "--targets", "lm_head").exitCode()).isEqualTo(2);
        assertThat(chat("--top-p", "2", "--prompt", "x").err()).contains("topP");
        assertThat(chat("--model", folder.resolve("missing"), "--prompt", "x").err())
                .contains("config.json");
    }

    private Answer train(String rows, Path adapter, Object... more) throws IOException {
        Path data = Files.writeString(folder.resolve("data.jsonl"), rows);
        return millrace(
                List.of(
                        "train",
                        "--model",
                        model,
                        "--data",
                        data,
                        "--out",
                        adapter,
                        "--epochs",
                        "30",
                        "--learning-rate",
                        "0.01",
                        "--max-tokens",
                        "96",
                        "--threads",
                        "1"),
                more);
    }

    private Answer merge(Path adapter, Path merged, Object... more) {
        return millrace(
                List.of("merge", "--model", model, "--adapter", adapter, "--out", merged), more);
    }

    private Answer chat(Object... more) {
        return millrace(List.of("chat", "--model", model, "--max-tokens", "8"), more);
    }

    /** An option that is given twice counts as it was given last. */
    private static Answer millrace(List<?> first, Object... more) {
        List<String> words = new ArrayList<>();
        first.forEach(word -> words.add(word.toString()));
        for (Object word : more) {
            int before = words.indexOf(word.toString());
            if (before >= 0 && word.toString().startsWith("--")) {
                words.subList(before, before + 2).clear();
            }
            words.add(word.toString());
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                Main.run(words.toArray(String[]::new), new PrintWriter(out), new PrintWriter(err));
        return new Answer(code, out.toString(), err.toString());
    }
}
