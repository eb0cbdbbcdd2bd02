package io.millrace.ingest.importer;

import io.millrace.ingest.Prompts;
import io.millrace.ingest.importer.Rows.BadRow;
import io.millrace.runtime.UsageException;
import io.millrace.schemas.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** CSV (RFC 4180) with the columns {@code text} and {@code category}. */
final class CsvRows {

    private static final String TEXT = "text";
    private static final String CATEGORY = "category";
    private static final Set<String> COLUMNS = Set.of(TEXT, CATEGORY);
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .setTrim(true)
                    .setAllowMissingColumnNames(true)
                    .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_ALL)
                    .get();

    private CsvRows() {}

    static Rows parse(String file, String content, String instruction) throws IOException {
        List<LabelledExample> examples = new ArrayList<>();
        List<BadRow> bad = new ArrayList<>();
        long line = 1;
        try (CSVParser parser = CSVParser.parse(content, FORMAT)) {
            requireColumns(file, parser.getHeaderNames());
            line = parser.getCurrentLineNumber() + 1;
            for (CSVRecord row : parser) {
                read(row, line, instruction, examples, bad);
                line = parser.getCurrentLineNumber() + 1;
            }
        } catch (UncheckedIOException e) {
            throw new UsageException(
                    "%s is not CSV from line %d on: is a quote left open?".formatted(file, line),
                    e);
        }
        return new Rows(examples, bad);
    }

    private static void read(
            CSVRecord row,
            long line,
            String instruction,
            List<LabelledExample> examples,
            List<BadRow> bad) {
        if (!row.isConsistent()) {
            bad.add(
                    new BadRow(
                            line,
                            "has %d columns instead of 2: quote text that holds commas"
                                    .formatted(row.size())));
        } else if (row.get(TEXT).isBlank()) {
            bad.add(new BadRow(line, "column 'text' is empty"));
        } else if (row.get(CATEGORY).isBlank()) {
            bad.add(new BadRow(line, "column 'category' is empty"));
        } else {
            String category = row.get(CATEGORY);
            Message prompt = Message.user(Prompts.userMessage(instruction, row.get(TEXT)));
            examples.add(new LabelledExample(List.of(prompt), category, category, line));
        }
    }

    private static void requireColumns(String file, List<String> header) {
        Set<String> seen = new LinkedHashSet<>();
        for (String column : header) {
            if (!COLUMNS.contains(column)) {
                throw new UsageException(
                        "%s has an unknown column '%s': its first line must be text,category"
                                .formatted(file, column));
            }
            if (!seen.add(column)) {
                throw new UsageException(
                        "%s has the column '%s' twice: its first line must be text,category"
                                .formatted(file, column));
            }
        }
        for (String column : List.of(TEXT, CATEGORY)) {
            if (!seen.contains(column)) {
                throw new UsageException(
                        "%s lacks the column '%s': its first line must be text,category"
                                .formatted(file, column));
            }
        }
    }
}
