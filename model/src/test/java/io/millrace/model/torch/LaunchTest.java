package io.millrace.model.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.millrace.model.ChildJvm;
import io.millrace.model.config.ModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine's first start, as on a machine that has never run it. */
class LaunchTest {

    /** Whoever tries to download meets a closed door. */
    private static final List<String> NO_NETWORK =
            List.of(
                    "-Dhttps.proxyHost=127.0.0.1",
                    "-Dhttps.proxyPort=9",
                    "-Dhttp.proxyHost=127.0.0.1",
                    "-Dhttp.proxyPort=9");

    @TempDir Path directory;

    /** What the child runs. */
    static final class Start {

        private Start() {}

        public static void main(String[] arguments) {
            try (NDManager manager = Torch.manager()) {
                System.out.println("sum " + manager.ones(new Shape(3)).sum().getFloat());
            } catch (ModelException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
    }

    private String start(Path cache) throws Exception {
        Map<String, String> environment = Map.of("DJL_CACHE_DIR", cache.toString());
        return ChildJvm.run(Start.class, environment, NO_NETWORK, directory);
    }

    @Test
    void theEngineStartsFromTheClassPathAlone() throws Exception {
        assertThat(start(directory.resolve("cache"))).contains("sum 3.0");
    }

    @Test
    void aCacheThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThat(start(file))
                .containsPattern("refused: the PyTorch engine can't start: .*500 MB of room");
    }
}
