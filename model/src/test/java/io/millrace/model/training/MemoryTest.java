package io.millrace.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import io.millrace.model.Adapter;
import io.millrace.model.ChildJvm;
import io.millrace.model.GenerationOptions;
import io.millrace.model.LanguageModel;
import io.millrace.model.TinyModel;
import io.millrace.model.chat.ChatMessage;
import io.millrace.model.chat.Tokens;
import io.millrace.model.config.ModelConfig;
import io.millrace.model.decoder.Precision;
import io.millrace.model.decoder.Trainable;
import io.millrace.model.decoder.Weights;
import io.millrace.model.lora.LoraConfig;
import io.millrace.model.safetensors.Tensor;
import io.millrace.model.torch.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is allocated outside the heap is given back: no collector would do it for us. */
class MemoryTest {

    @TempDir Path directory;

    @Test
    void aStepLeavesNoArraysBehind() {
        ModelConfig config = TinyModel.config();
        List<Tokens> batch = List.of(new Tokens(new int[] {1, 2, 3, 4}, 2));
        try (PtNDManager weights = (PtNDManager) Torch.manager();
                PtNDManager steps = (PtNDManager) Torch.manager()) {
            NDList arrays = new NDList();
            for (Tensor tensor : TinyModel.weights(config, 1)) {
                arrays.add(Weights.array(weights, tensor));
            }
            Trainable trainable = Trainable.full(weights, config, Precision.BF16, arrays, 0);
            int before = weights.getManagedArrays().size();

            for (int i = 0; i < 3; i++) {
                Steps.step(steps, trainable, batch, 0.01);
                Steps.loss(steps, trainable, batch);
            }

            assertThat(weights.getManagedArrays()).hasSize(before);
            assertThat(steps.getManagedArrays()).isEmpty();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void trainingLoadingAndAnsweringLeaveTheProcessAsLargeAsItWas() throws Exception {
        TinyModel.write(directory.resolve("tiny"), TinyModel.config(), 1);

        // A heap that is all there from the start leaves only native memory to grow.
        String output =
                ChildJvm.run(
                        Turns.class,
                        Map.of(),
                        List.of("-Xms96m", "-Xmx96m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC"),
                        directory);

        // A turn that kept its cache or its merged weights would keep over 200 KB: 60 MB in all.
        assertThat(output).contains("megabytes:");
        assertThat(Integer.parseInt(output.replaceAll("(?s).*megabytes: (-?\\d+).*", "$1")))
                .isLessThan(40);
    }

    /** What the child runs: trains, loads and answers again and again. */
    static final class Turns {

        private Turns() {}

        public static void main(String[] arguments) throws IOException {
            Path directory = Path.of(arguments[0]);
            try (LanguageModel model = LanguageModel.open(directory.resolve("tiny"))) {
                turns(model, directory, 50);
                long before = residentBytes();
                turns(model, directory, 300);
                System.out.println("megabytes: " + ((residentBytes() - before) >> 20));
            }
        }

        private static void turns(LanguageModel model, Path directory, int turns) {
            List<ChatMessage> prompt = List.of(ChatMessage.user("the card is late; ".repeat(4)));
            List<Tokens> batch = Collections.nCopies(4, model.encode(prompt, "card_lost"));
            try (LoraTrainer trainer =
                    LoraTrainer.start(model, null, LoraConfig.allLinear(2, 4), 1)) {
                for (int i = 0; i < turns; i++) {
                    trainer.step(batch, 0.001);
                    trainer.save(directory);
                    try (Adapter adapter = model.loadAdapter(directory)) {
                        model.generate(
                                Collections.nCopies(8, prompt),
                                GenerationOptions.greedy(2),
                                adapter);
                    }
                }
            }
        }

        private static long residentBytes() throws IOException {
            try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
                String resident =
                        lines.filter(line -> line.startsWith("VmRSS:")).findFirst().orElseThrow();
                return Long.parseLong(resident.replaceAll("[^0-9]", "")) * 1024;
            }
        }
    }
}
