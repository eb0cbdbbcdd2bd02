package io.millrace.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.launcher.bench.Benchmark;
import io.millrace.launcher.bench.Figure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class BenchCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Measures nothing and says so. */
    private record Known(String name, List<Figure> figures) implements Benchmark {

        @Override
        public String description() {
            return "how fast " + name + " is, to 1%";
        }

        @Override
        public List<Figure> run(Consumer<String> progress) {
            progress.accept("half done");
            return figures;
        }
    }

    private int bench(String... arguments) {
        CommandLine line =
                BenchCommand.line(
                        List.of(
                                new Known(
                                        "milling",
                                        List.of(
                                                Figure.beside(2_000, "flour", 1_500, "bags/s"),
                                                Figure.of("dust", 0.25, "%"))),
                                new Known("sifting", List.of())));
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(Failures::failed);
        return line.execute(arguments);
    }

    @Test
    void jsonOnStandardOutputIsOneDocumentWithTheFiguresAndTheMachine() {
        assertThat(bench("milling", "-o", "json")).isZero();

        JsonNode answer = JsonMapper.shared().readTree(out.toString());
        assertThat(answer.propertyNames()).containsExactly("name", "figures", "machine");
        assertThat(answer.get("name").asString()).isEqualTo("milling");
        assertThat(answer.at("/figures/0").toString())
                .isEqualTo(
                        "{\"name\":\"flour\",\"value\":1500.0,\"unit\":\"bags/s\",\"baseline\":2000.0,\"ratio\":0.75}");
        assertThat(answer.at("/figures/1").toString())
                .isEqualTo("{\"name\":\"dust\",\"value\":0.25,\"unit\":\"%\"}");
        assertThat(answer.at("/machine/cores").asInt()).isPositive();
        assertThat(answer.at("/machine/memoryBytes").asLong()).isPositive();
        assertThat(answer.get("machine").propertyNames())
                .containsExactly("cores", "memoryBytes", "jdk", "os", "cpu");
    }

    @Test
    void withoutAFormatATableIsPrinted() {
        assertThat(bench("milling")).isZero();

        assertThat(out.toString().lines())
                .startsWith(
                        "FIGURE  VALUE  UNIT    BASELINE  RATIO",
                        "flour   1,500  bags/s  2,000     0.750",
                        "dust    0.250  %       -         -");
    }

    @Test
    void progressGoesToStandardError() {
        bench("milling", "-o", "json");

        assertThat(err.toString()).isEqualToIgnoringNewLines("milling: half done");
        assertThat(out.toString()).doesNotContain("half done");
    }

    @Test
    void anUnknownNameIsAUsageErrorThatNamesTheKnownOnes() {
        assertThat(bench("grinding")).isEqualTo(2);

        assertThat(err.toString()).contains("'grinding'").contains("milling, sifting");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void theHelpListsTheBenchmarks() {
        assertThat(bench("--help")).isZero();

        assertThat(out.toString())
                .contains("milling            how fast milling is, to 1%")
                .contains("sifting            how fast sifting is");
    }
}
