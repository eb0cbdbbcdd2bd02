package io.millrace.ingest.importer;

import io.millrace.runtime.UsageException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A data set, row by row: what can be used, and what cannot with its line and why.
 *
 * @param examples in the order of the file
 */
public record Rows(List<LabelledExample> examples, List<BadRow> bad) {

    /**
     * A row that cannot be used.
     *
     * @param line in the file, from 1
     */
    public record BadRow(long line, String reason) {}

    public Rows {
        examples = List.copyOf(examples);
        bad = List.copyOf(bad);
    }

    /**
     * Reads {@code .csv} with the columns {@code text,category}, or {@code .jsonl} with the fields
     * {@code instruction}, {@code input} and {@code output} on each line.
     *
     * @param instruction what to do with each text of a CSV file; JSONL brings its own
     * @throws UsageException when the file as a whole cannot be used; its message names the file
     *     and the fix
     */
    public static Rows read(Path file, String instruction) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        try {
            if (name.endsWith(".csv")) {
                return CsvRows.parse(file.toString(), text(file), instruction);
            }
            if (name.endsWith(".jsonl")) {
                return JsonlRows.parse(text(file));
            }
        } catch (NoSuchFileException e) {
            throw new UsageException(
                    "%s does not exist: give the path of a data file".formatted(file), e);
        } catch (CharacterCodingException e) {
            throw new UsageException("%s is not UTF-8 text: convert it first".formatted(file), e);
        } catch (IOException e) {
            throw new UsageException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
        throw new UsageException(
                "%s is neither .csv nor .jsonl: rename or convert it".formatted(file));
    }

    private static String text(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
