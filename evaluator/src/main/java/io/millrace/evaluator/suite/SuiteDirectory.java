package io.millrace.evaluator.suite;

import io.millrace.evaluator.metric.Grader;
import io.millrace.runtime.UsageException;
import io.millrace.schemas.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A suite as files: {@code suite.yaml} with {@code name}, {@code version} and {@code grader}, and
 * {@code cases.jsonl} with one case a line: {@code id}, {@code prompt} or {@code messages}, {@code
 * references} and {@code tags}.
 */
public final class SuiteDirectory {

    private static final YAMLMapper YAML =
            YAMLMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .build();

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private SuiteDirectory() {}

    private record Header(String name, int version, Grader grader) {}

    private record Line(
            String id,
            @Nullable String prompt,
            @Nullable List<Message> messages,
            List<String> references,
            @Nullable List<String> tags) {

        SuiteCase inSuite(Header suite) {
            return new SuiteCase(
                    suite.name() + "/" + id,
                    asked(),
                    references,
                    tags == null ? List.of() : tags,
                    suite.grader());
        }

        private List<Message> asked() {
            if (prompt != null && messages == null) {
                return List.of(Message.user(prompt));
            }
            if (messages != null && prompt == null) {
                return messages;
            }
            throw new IllegalArgumentException("a case has either prompt or messages");
        }
    }

    /**
     * Reads a suite; its cases are named {@code suite/case}.
     *
     * @throws UsageException in one line, naming file and line
     */
    public static Suite read(Path directory) {
        Path yaml = directory.resolve("suite.yaml");
        Path jsonl = directory.resolve("cases.jsonl");
        Header header = parse(YAML, text(yaml), Header.class, yaml.toString());
        List<String> lines = text(jsonl).lines().toList();
        List<SuiteCase> cases = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                String where = jsonl + ":" + (i + 1);
                Line line = parse(JSON, lines.get(i), Line.class, where);
                cases.add(valid(where, () -> line.inSuite(header)));
            }
        }
        return valid(jsonl.toString(), () -> new Suite(header.name(), header.version(), cases));
    }

    /**
     * Reads every suite in a directory of suites, in the order of their folders' names; none when
     * there is no such directory.
     *
     * @throws UsageException in one line, naming file and line, or two suites of one name
     */
    public static List<Suite> readAll(Path suites) {
        if (!Files.isDirectory(suites)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(suites)) {
            List<Suite> all =
                    folders.filter(Files::isDirectory).sorted().map(SuiteDirectory::read).toList();
            Set<String> names = new HashSet<>();
            for (Suite suite : all) {
                if (!names.add(suite.name())) {
                    throw new UsageException(
                            "%s holds two suites of the name '%s': rename or remove one"
                                    .formatted(suites, suite.name()));
                }
            }
            return all;
        } catch (IOException e) {
            throw new UsageException(
                    "the suites in %s cannot be read: %s".formatted(suites, e.getMessage()), e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UsageException(
                    "suite file %s cannot be read: a suite is a directory of suite.yaml and cases.jsonl"
                            .formatted(file),
                    e);
        }
    }

    private static <T> T parse(ObjectMapper mapper, String text, Class<T> type, String where) {
        try {
            return mapper.readValue(text, type);
        } catch (JacksonException e) {
            Throwable cause = e.getCause() instanceof IllegalArgumentException c ? c : e;
            throw new UsageException(
                    "suite file %s: %s".formatted(where, firstLine(cause.getMessage())), e);
        }
    }

    private static <T> T valid(String where, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new UsageException("suite file %s: %s".formatted(where, e.getMessage()), e);
        }
    }

    private static String firstLine(@Nullable String message) {
        return message == null
                ? "not readable"
                : message.lines().findFirst().orElse("not readable");
    }
}
