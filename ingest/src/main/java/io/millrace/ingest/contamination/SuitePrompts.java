package io.millrace.ingest.contamination;

import io.millrace.runtime.UsageException;
import io.millrace.schemas.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What a gate suite asks and what it takes for right, read from its directory: the {@code name} of
 * {@code suite.yaml}, and {@code id}, {@code prompt} or {@code messages} and {@code references} of
 * each line of {@code cases.jsonl}. The evaluator checks the rest of these files.
 */
public record SuitePrompts(String name, List<Case> cases) {

    private static final String HEADER = "suite.yaml";
    private static final String CASES = "cases.jsonl";

    private static final ObjectMapper YAML =
            YAMLMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    private static final ObjectMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    public SuitePrompts {
        cases = List.copyOf(cases);
    }

    /** One question and its right answers. */
    public record Case(String id, List<Message> messages, List<String> references) {
        public Case {
            messages = List.copyOf(messages);
            references = List.copyOf(references);
        }
    }

    private record Header(@Nullable String name) {}

    private record Line(
            @Nullable String id,
            @Nullable String prompt,
            @Nullable List<Message> messages,
            @Nullable List<String> references) {

        Case asCase(String where) {
            List<Message> asked = prompt == null ? messages : List.of(Message.user(prompt));
            if (id == null || asked == null || asked.isEmpty()) {
                throw new UsageException(where + ": a case needs an id and a prompt or messages");
            }
            return new Case(id, asked, references == null ? List.of() : references);
        }
    }

    /** The two files that a suite is read from. */
    static List<Path> files(Path directory) {
        return List.of(directory.resolve(HEADER), directory.resolve(CASES));
    }

    /**
     * Reads a suite.
     *
     * @throws UsageException in one line, naming file and line
     */
    static SuitePrompts read(Path directory) {
        Path yaml = directory.resolve(HEADER);
        Path jsonl = directory.resolve(CASES);
        Header header = parse(YAML, text(yaml), Header.class, yaml.toString());
        if (header.name() == null || header.name().isBlank()) {
            throw new UsageException(yaml + ": a suite needs a name");
        }
        List<Case> cases = new ArrayList<>();
        List<String> lines = text(jsonl).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                String where = jsonl + ":" + (i + 1);
                cases.add(parse(JSON, lines.get(i), Line.class, where).asCase(where));
            }
        }
        return new SuitePrompts(header.name(), cases);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UsageException(file + " cannot be read as UTF-8 text", e);
        }
    }

    private static <T> T parse(ObjectMapper mapper, String text, Class<T> type, String where) {
        @Nullable T parsed;
        try {
            parsed = mapper.readValue(text, type);
        } catch (JacksonException e) {
            throw new UsageException(where + " is not what a suite holds there", e);
        }
        if (parsed == null) {
            throw new UsageException(where + " is empty");
        }
        return parsed;
    }
}
