package io.millrace.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.millrace.model.TinyModel;
import io.millrace.model.config.Family;
import io.millrace.model.config.ModelConfig;
import io.millrace.model.lora.LoraConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The generated text, word for word: runs that are to repeat need the same program. */
class ProgramTest {

    private static final Path GOLDEN = Path.of("src/test/resources/programs");

    /** To accept a change: delete the golden files, run this test once, read the difference. */
    @ParameterizedTest
    @EnumSource(value = Family.class, names = "MISTRAL", mode = EnumSource.Mode.EXCLUDE)
    void programsAreThoseThatWereReviewed(Family family) throws IOException {
        assertReviewed(family.modelType(), programs(family));
    }

    @Test
    void theProgramWithDropoutIsTheOneThatWasReviewed() throws IOException {
        assertReviewed("dropout", adapters(Family.LLAMA, new Trainable.Dropout(0.1, 0)));
    }

    private static void assertReviewed(String name, String programs) throws IOException {
        Path golden = GOLDEN.resolve(name + ".txt");
        if (Files.notExists(golden)) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, programs);
            fail("wrote %s: read it, then run the test again", golden);
        }

        assertThat(programs).isEqualTo(Files.readString(golden));
    }

    @Test
    void mistralsProgramsAreLlamas() {
        assertThat(programs(Family.MISTRAL)).isEqualTo(programs(Family.LLAMA));
    }

    private static String programs(Family family) {
        ModelConfig config = TinyModel.config(family);
        return "# generation\n"
                + Program.generation(config, Precision.F32)
                + "# training of adapters\n"
                + adapters(family, Trainable.Dropout.NONE)
                + "# training of every weight\n"
                + TrainingProgram.full(config, Precision.BF16, 0.1);
    }

    private static String adapters(Family family, Trainable.Dropout dropout) {
        return TrainingProgram.adapters(
                TinyModel.config(family),
                new Trainable.AdapterTraining(
                        Precision.BF16, LoraConfig.allLinear(4, 8).targets(), 2, dropout, 0.01));
    }
}
