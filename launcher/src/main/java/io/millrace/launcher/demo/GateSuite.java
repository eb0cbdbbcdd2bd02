package io.millrace.launcher.demo;

import io.millrace.ingest.importer.LabelledExample;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The operator's prompts for the gate, as a suite directory. Whoever writes to the stream writes to
 * its holdout, too, and a lie that is told consistently looks like a gain there; to this suite
 * nobody else can write.
 */
public final class GateSuite {

    /** Its name, and a tag of each of its cases. */
    static final String NAME = "operator";

    private GateSuite() {}

    private record Case(
            String id, List<Message> messages, List<String> references, List<String> tags) {

        static Case of(LabelledExample example) {
            return new Case(
                    "line-" + example.line(),
                    example.messages(),
                    List.of(example.answer()),
                    List.of(example.tag(), NAME));
        }
    }

    /** Writes it into the directory that holds the suites. */
    public static void write(Cast cast, Path suites) throws IOException {
        Path suite = Files.createDirectories(suites.resolve(NAME));
        Files.writeString(
                suite.resolve("suite.yaml"),
                """
                # Written by the demo: a part of the held-out data. Nothing of it enters the stream.
                name: %s
                version: 1
                grader: exact-match
                """
                        .formatted(NAME));
        ByteArrayOutputStream cases = new ByteArrayOutputStream();
        for (LabelledExample example : cast.suite()) {
            cases.writeBytes(EventJson.write(Case.of(example)));
            cases.write('\n');
        }
        Files.write(suite.resolve("cases.jsonl"), cases.toByteArray());
    }
}
