package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class MainTest {

    @TempDir Path temp;

    private record Answer(int exitCode, String out, String err) {}

    private static Answer millrace(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = List.of(arguments).stream().map(Object::toString).toArray(String[]::new);
        int code = Main.run(words, new PrintWriter(out), new PrintWriter(err));
        return new Answer(code, out.toString(), err.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "up",
                "pretrain",
                "train",
                "merge",
                "chat",
                "gateway",
                "curation",
                "trainer",
                "evaluator",
                "deployer",
                "status",
                "models",
                "lineage",
                "replay",
                "quarantine",
                "forget",
                "topics",
                "import",
                "render",
                "bench"
            })
    void everyCommandExplainsItself(String command) {
        Answer answer = millrace(command, "--help");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).startsWith("Usage: millrace " + command);
        assertThat(millrace("--help").out()).contains("  " + command + " ");
    }

    @Test
    void aMistypedOptionIsNamedAndTheExitCodeIsTwo() {
        Answer answer = millrace("status", "--data-dri", "x");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("--data-dri").contains("--data-dir");
        assertThat(answer.out()).isEmpty();
    }

    @Test
    void anUnknownFormatNamesThoseThereAre() {
        Answer answer = millrace("topics", "-o", "xml");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("TEXT").contains("JSON").contains("xml");
    }

    @Test
    void theCatalogueIsPrintedAsATableAndAsJson() {
        assertThat(millrace("topics").out())
                .contains("TOPIC")
                .contains("millrace.instructions.sft.v1")
                .contains("curation");

        JsonNode topics =
                JsonMapper.shared()
                        .readTree(millrace("topics", "-o", "json", "--topic-prefix", "team").out());
        assertThat(topics.get(0).get("topic").asString()).isEqualTo("team.interactions.v1");
    }

    @Test
    void askingWhereThereIsNoDataSaysHowToMakeSomeAndLeavesNothing() {
        Path nowhere = temp.resolve("nowhere");

        Answer answer = millrace("status", "--data-dir", nowhere);

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err())
                .isEqualToIgnoringNewLines(
                        "millrace: there is no data in %s: run 'millrace demo' or 'millrace up' first, or name another --data-dir"
                                .formatted(nowhere));
        assertThat(nowhere).doesNotExist();
    }

    @Test
    void aDataDirectoryOfAnotherVersionIsAFailureInOneLine() throws IOException {
        Files.writeString(temp.resolve("millrace-data.json"), "{\"format\": 99}");

        Answer answer = millrace("models", "--data-dir", temp);

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err().lines()).hasSize(1);
        assertThat(answer.err()).contains("is in format 99");
    }

    @Test
    void aGatewayThatAnybodyCouldWriteToDoesNotStart() {
        Answer answer = millrace("up", "--host", "0.0.0.0", "--data-dir", temp.resolve("data"));

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("gateway.yaml").contains("--behind-proxy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "curation"})
    void rulesOfCurationThatMakeNoSenseStopItBeforeAnythingStarts(String command)
            throws IOException {
        Path data = Files.createDirectories(temp.resolve("data"));
        Files.writeString(data.resolve("curation.yaml"), "poisoning: {principal-cap: 0}");

        Answer answer = millrace(command, "--bootstrap-servers", "localhost:1", "--data-dir", data);

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err())
                .isEqualToIgnoringNewLines(
                        "millrace: curation rules %s: poisoning: principal-cap must be at least 1"
                                .formatted(data.resolve("curation.yaml")));
        assertThat(millrace(command, "--help").out()).contains("principal-cap: 50");
    }

    @Test
    void anAddressThatIsNoneIsAUsageError() {
        Answer answer = millrace("status", "--bootstrap-servers", "localhost");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("'localhost' must be host:port");
    }

    @Test
    void aFileThatIsNotThereIsAUsageErrorBeforeAnythingStarts() {
        Path data = temp.resolve("data");

        Answer answer = millrace("import", temp.resolve("none.csv"), "--data-dir", data);

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("none.csv does not exist");
        assertThat(data).doesNotExist();
    }

    @Test
    void aModelThatIsNotThereIsNamedBeforeKafkaStarts() {
        Path data = temp.resolve("data");

        Answer answer = millrace("up", "--data-dir", data, "--base-model", temp.resolve("none"));

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains("none/config.json is missing");
        assertThat(data.resolve("kafka")).doesNotExist();
    }

    @Test
    void aDemoThatCannotBeginLeavesTheEarlierRunAsItWas() throws IOException {
        Path data = Files.createDirectories(temp.resolve("data"));
        Files.writeString(data.resolve("millrace-data.json"), "{\"format\": 1}");
        Files.writeString(data.resolve("earlier"), "champions");

        Answer answer =
                millrace(
                        "demo",
                        "--data-dir",
                        data,
                        "--stream",
                        "data/support-desk/stream.jsonl",
                        "--holdout",
                        "data/support-desk/holdout.jsonl",
                        "--base-model",
                        temp.resolve("none"));

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains("none/config.json is missing");
        assertThat(data.resolve("earlier")).hasContent("champions");
    }

    @Test
    void aBrokerPortInUseIsNamed() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Answer answer =
                    millrace(
                            "up",
                            "--data-dir",
                            temp.resolve("data"),
                            "--base-model",
                            "../model/base",
                            "--broker-port",
                            other.getLocalPort());

            assertThat(answer.exitCode()).isEqualTo(1);
            assertThat(answer.err()).contains("port %d is in use".formatted(other.getLocalPort()));
        }
    }
}
