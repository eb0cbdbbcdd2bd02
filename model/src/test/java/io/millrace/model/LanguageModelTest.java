package io.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.artefact.Digest;
import io.millrace.model.chat.ChatMessage;
import io.millrace.model.config.ModelException;
import io.millrace.model.lora.LoraConfig;
import io.millrace.model.training.LoraTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageModelTest {

    private static final List<List<ChatMessage>> PROMPTS =
            List.of(
                    prompt("where is my card? ".repeat(4)),
                    prompt("late"),
                    prompt("the transfer failed"),
                    prompt(""));

    @TempDir static Path base;
    @TempDir Path directory;

    private static LanguageModel model;

    @BeforeAll
    static void openModel() {
        model = LanguageModel.open(TinyModel.write(base.resolve("tiny"), TinyModel.config(), 21));
    }

    @AfterAll
    static void closeModel() {
        model.close();
    }

    private static GenerationOptions greedyUntil(int maxTokens, List<String> stop) {
        return new GenerationOptions(maxTokens, 0, 0, 1, 1, stop, 0);
    }

    private static List<ChatMessage> prompt(String text) {
        return List.of(ChatMessage.user(text));
    }

    @Test
    void answersComeInTheOrderOfThePromptsAndAreThoseOfEachPromptAlone() {
        GenerationOptions options = GenerationOptions.greedy(12);

        List<Generation> together = model.generate(PROMPTS, options, null);

        List<Generation> alone = new ArrayList<>();
        for (List<ChatMessage> prompt : PROMPTS) {
            alone.addAll(model.generate(List.of(prompt), options, null));
        }
        assertThat(together).isEqualTo(alone).doesNotHaveDuplicates();
    }

    @Test
    void moreThanABatchIsAnsweredToo() {
        List<List<ChatMessage>> prompts =
                IntStream.range(0, 75).mapToObj(i -> prompt("card ".repeat(i % 13))).toList();

        List<Generation> answers = model.generate(prompts, GenerationOptions.greedy(3), null);

        assertThat(answers).hasSize(75);
        assertThat(answers.subList(13, 26)).isEqualTo(answers.subList(0, 13));
    }

    @Test
    void anAnswerEndsAtItsLimit() {
        assertThat(model.generate(PROMPTS, GenerationOptions.greedy(2), null))
                .allSatisfy(answer -> {
                    assertThat(answer.responseTokens()).isLessThanOrEqualTo(2);
                    assertThat(answer.finishReason())
                            .isEqualTo(
                                    answer.responseTokens() == 2
                                            ? FinishReason.LENGTH
                                            : FinishReason.STOP);
                })
                .anySatisfy(
                        answer -> assertThat(answer.finishReason()).isEqualTo(FinishReason.LENGTH));
    }

    @Test
    void anAnswerEndsAtTheContextsEndWhateverTheOthersDo() {
        int positions = model.config().maxPositions();
        // 118 and 9 of 128 tokens: the longer one is full long before the shorter one.
        List<ChatMessage> nearlyFull = prompt("late ".repeat(106));
        assertThat(model.encodePrompt(nearlyFull)).hasSizeBetween(positions - 20, positions - 1);
        GenerationOptions noLimit = GenerationOptions.greedy(Integer.MAX_VALUE);

        List<Generation> answers =
                model.generate(List.of(nearlyFull, prompt("late")), noLimit, null);

        assertThat(answers)
                .isEqualTo(
                        List.of(
                                model.generate(List.of(nearlyFull), noLimit, null).getFirst(),
                                model.generate(List.of(prompt("late")), noLimit, null).getFirst()))
                .allSatisfy(answer ->
                        assertThat(answer.promptTokens() + answer.responseTokens())
                                .isLessThanOrEqualTo(positions));
    }

    @Test
    void aPromptThatFillsTheContextIsRefused() {
        assertThatThrownBy(() ->
                        model.generate(
                                List.of(prompt("x".repeat(200))),
                                GenerationOptions.greedy(1),
                                null))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("context is 128");
    }

    @Test
    void noPromptsHaveNoAnswers() {
        assertThat(model.generate(List.of(), GenerationOptions.greedy(1), null)).isEmpty();
    }

    @Test
    void theSeedDecidesWhatIsDrawn() {
        GenerationOptions one = new GenerationOptions(10, 1, 1, 1);
        GenerationOptions two = new GenerationOptions(10, 1, 1, 2);

        assertThat(model.generate(PROMPTS, one, null))
                .isEqualTo(model.generate(PROMPTS, one, null))
                .isNotEqualTo(model.generate(PROMPTS, two, null));
    }

    @ParameterizedTest
    @CsvSource({"1, 1e-9", "1e-9, 1"})
    void aNarrowNucleusAndALowTemperatureAreGreedy(double temperature, double topP) {
        GenerationOptions narrow = new GenerationOptions(8, temperature, topP, 3);

        assertThat(model.generate(PROMPTS, narrow, null))
                .isEqualTo(model.generate(PROMPTS, GenerationOptions.greedy(8), null));
    }

    @Test
    void anAnswerEndsBeforeTheFirstStop() {
        String whole =
                model.generate(List.of(PROMPTS.getFirst()), GenerationOptions.greedy(12), null)
                        .getFirst()
                        .text();
        String early = whole.substring(2, 4);
        GenerationOptions options = greedyUntil(12, List.of(whole.substring(5, 8), early));

        Generation answer = model.generate(List.of(PROMPTS.getFirst()), options, null).getFirst();

        assertThat(answer.text()).isEqualTo(whole.substring(0, whole.indexOf(early)));
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void anAnswerIsToldInPiecesThatMakeItUpAndNothingOfAStop() {
        for (List<ChatMessage> prompt : PROMPTS) {
            String whole =
                    model.generate(List.of(prompt), GenerationOptions.greedy(24), null)
                            .getFirst()
                            .text();
            for (String stop : List.of("never said", whole.substring(6, 9))) {
                GenerationOptions options = greedyUntil(24, List.of(stop));
                List<String> pieces = new ArrayList<>();

                Generation answer = model.answer(prompt, options, null, pieces::add);

                assertThat(String.join("", pieces)).isEqualTo(answer.text());
                assertThat(answer)
                        .isEqualTo(model.generate(List.of(prompt), options, null).getFirst());
            }
        }
    }

    @Test
    void onePossibleTokenIsGreedy() {
        GenerationOptions one = new GenerationOptions(8, 1, 1, 1, 1, List.of(), 3);

        assertThat(model.generate(PROMPTS, one, null))
                .isEqualTo(model.generate(PROMPTS, GenerationOptions.greedy(8), null));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1", "1, -0.1, 1", "1, 2.1, 1", "1, NaN, 1", "1, 1, 0", "1, 1, 1.1"})
    void optionsThatMakeNoSenseAreRefused(int maxTokens, double temperature, double topP) {
        assertThatThrownBy(() -> new GenerationOptions(maxTokens, temperature, topP, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void manyThreadsAnswerAndTrainSideBySide() throws Exception {
        Path saved = Files.createDirectory(directory.resolve("adapter"));
        List<Generation> bare = model.generate(PROMPTS, GenerationOptions.greedy(8), null);
        train(saved, 10);
        try (Adapter adapter = model.loadAdapter(saved);
                ExecutorService threads = Executors.newFixedThreadPool(5)) {
            List<Generation> adapted =
                    model.generate(PROMPTS, GenerationOptions.greedy(8), adapter);
            assertThat(adapted).isNotEqualTo(bare);
            Path next = Files.createDirectory(directory.resolve("next"));
            Future<?> training = threads.submit(() -> train(next, 30));
            List<Callable<List<Generation>>> calls = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                Adapter with = i % 2 == 0 ? adapter : null;
                calls.add(() -> model.generate(PROMPTS, GenerationOptions.greedy(8), with));
            }
            List<Future<List<Generation>>> answers = threads.invokeAll(calls);
            for (int i = 0; i < 12; i++) {
                assertThat(answers.get(i).get()).isEqualTo(i % 2 == 0 ? adapted : bare);
            }
            training.get();
        }
    }

    private static void train(Path directory, int steps) {
        try (LoraTrainer trainer = LoraTrainer.start(model, null, LoraConfig.allLinear(4, 8), 1)) {
            for (int i = 0; i < steps; i++) {
                trainer.step(List.of(model.encode(prompt("late"), "transfer_late")), 0.02);
            }
            trainer.save(directory);
        }
    }

    @Test
    void anAdapterOfARetrainedBaseIsRefused() throws IOException {
        Path saved = Files.createDirectory(directory.resolve("adapter"));
        train(saved, 1);
        Path retrained = TinyModel.write(directory.resolve("tiny"), TinyModel.config(), 22);

        try (LanguageModel other = LanguageModel.open(retrained)) {
            assertThatThrownBy(() -> other.loadAdapter(saved))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining(saved + " adapts another base");
        }
    }

    @Test
    void aClosedAdapterAnswersNothing() throws IOException {
        Path saved = Files.createDirectory(directory.resolve("adapter"));
        train(saved, 1);
        Adapter adapter = model.loadAdapter(saved);
        adapter.close();

        assertThatThrownBy(() -> model.generate(PROMPTS, GenerationOptions.greedy(1), adapter))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theDigestIsOfTheModelsFilesAlone() throws IOException {
        Path copy = TinyModel.write(directory.resolve("copy"), TinyModel.config(), 21);
        Files.writeString(copy.resolve("README.md"), "beside the model");
        Path other = TinyModel.write(directory.resolve("other"), TinyModel.config(), 22);

        assertThat(digest(copy)).isEqualTo(model.digest());
        assertThat(digest(other)).isNotEqualTo(model.digest());
    }

    @Test
    void aModelWithAChatFormatOfItsOwnIsAnotherBase() throws IOException {
        Path own = TinyModel.write(directory.resolve("own"), TinyModel.config(), 21);
        Files.writeString(
                own.resolve("chat_format.yaml"),
                "{name: mine, turns: {assistant: {end: '<|im_end|>'}, other: {after: ': '}}}");

        assertThat(digest(own)).isNotEqualTo(model.digest());
        try (LanguageModel opened = LanguageModel.open(own)) {
            assertThat(opened.encodePrompt(prompt("card")))
                    .isNotEqualTo(model.encodePrompt(prompt("card")));
        }
    }

    private static Digest digest(Path directory) {
        try (LanguageModel opened = LanguageModel.open(directory)) {
            assertThat(opened.name()).isEqualTo(directory.getFileName().toString());
            return opened.digest();
        }
    }
}
