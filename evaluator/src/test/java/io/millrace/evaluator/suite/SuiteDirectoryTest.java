package io.millrace.evaluator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.evaluator.metric.Contains;
import io.millrace.runtime.UsageException;
import io.millrace.schemas.Message;
import io.millrace.schemas.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteDirectoryTest {

    private static final String HEADER = "name: base\nversion: 3\ngrader: contains\n";

    @TempDir private Path directory;

    @Test
    void aSuiteIsItsHeaderAndItsLines() throws IOException {
        write(
                HEADER,
                """
                {"id": "1", "prompt": "2 + 2?", "references": ["4", "four"], "tags": ["sums"]}

                {"id": "2", "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}], "references": ["Hello"]}
                """);

        Suite suite = SuiteDirectory.read(directory);

        assertThat(suite)
                .isEqualTo(
                        new Suite(
                                "base",
                                3,
                                List.of(
                                        new SuiteCase(
                                                "base/1",
                                                List.of(Message.user("2 + 2?")),
                                                List.of("4", "four"),
                                                List.of("sums"),
                                                new Contains()),
                                        new SuiteCase(
                                                "base/2",
                                                List.of(
                                                        new Message(Role.SYSTEM, "Be brief."),
                                                        Message.user("Hi")),
                                                List.of("Hello"),
                                                List.of(),
                                                new Contains()))));
    }

    @Test
    void aMissingFileIsNamedWithWhatASuiteIs() {
        assertThatThrownBy(() -> SuiteDirectory.read(directory.resolve("nowhere")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("suite.yaml and cases.jsonl");
    }

    @Test
    void anUnknownGraderIsAnsweredWithTheKnownOnes() throws IOException {
        write("name: base\nversion: 1\ngrader: bleurt\n", "");

        assertThatThrownBy(() -> SuiteDirectory.read(directory))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("suite.yaml")
                .hasMessageContaining(
                        "no grader is named 'bleurt'; there are exact-match, contains");
    }

    @Test
    void aBadLineIsNamedByItsNumber() throws IOException {
        write(
                HEADER,
                """
                {"id": "1", "prompt": "q", "references": ["a"]}
                {"id": "2", "prompt": "q", "reference": "a"}
                """);

        assertThatThrownBy(() -> SuiteDirectory.read(directory))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("cases.jsonl:2: ")
                .hasMessageContaining("reference")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void aCaseHasEitherAPromptOrMessages() throws IOException {
        write(HEADER, "{\"id\": \"1\", \"references\": [\"a\"]}");

        assertThatThrownBy(() -> SuiteDirectory.read(directory))
                .hasMessageEndingWith("cases.jsonl:1: a case has either prompt or messages");
    }

    @Test
    void twoCasesMayNotShareAnId() throws IOException {
        String line = "{\"id\": \"1\", \"prompt\": \"q\", \"references\": [\"a\"]}\n";
        write(HEADER, line + line);

        assertThatThrownBy(() -> SuiteDirectory.read(directory))
                .isInstanceOf(UsageException.class)
                .hasMessageEndingWith("cases.jsonl: every case needs an id of its own");
    }

    @Test
    void everyFolderOfADirectoryOfSuitesIsOne() throws IOException {
        writeIn("b", "name: second\nversion: 1\ngrader: contains\n");
        writeIn("a", "name: first\nversion: 1\ngrader: contains\n");
        Files.writeString(directory.resolve("notes.txt"), "not a suite");

        assertThat(SuiteDirectory.readAll(directory))
                .extracting(Suite::name)
                .containsExactly("first", "second");
    }

    @Test
    void whereNoSuitesAreThereAreNone() {
        assertThat(SuiteDirectory.readAll(directory.resolve("nowhere"))).isEmpty();
    }

    @Test
    void twoSuitesMayNotShareAName() throws IOException {
        writeIn("a", HEADER);
        writeIn("b", HEADER);

        assertThatThrownBy(() -> SuiteDirectory.readAll(directory))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("holds two suites of the name 'base'");
    }

    private void writeIn(String folder, String header) throws IOException {
        Path suite = Files.createDirectory(directory.resolve(folder));
        Files.writeString(suite.resolve("suite.yaml"), header);
        Files.writeString(suite.resolve("cases.jsonl"), "");
    }

    private void write(String header, String cases) throws IOException {
        Files.writeString(directory.resolve("suite.yaml"), header);
        Files.writeString(directory.resolve("cases.jsonl"), cases);
    }
}
