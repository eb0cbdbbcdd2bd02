package io.millrace.ingest.importer;

import io.millrace.ingest.Prompts;
import io.millrace.ingest.importer.FileText.RowTooLongException;
import io.millrace.ingest.importer.Rows.BadRow;
import io.millrace.schemas.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** CSV with the columns {@code text,category}, in either order, quoted as in RFC 4180. */
final class CsvRows implements RowSource {

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

    private final FileText text;
    private final String instruction;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private long line;

    /**
     * Reads the header.
     *
     * @param instruction what stands over each text
     * @throws UnreadableRestException when it has other columns
     */
    CsvRows(FileText text, String instruction) throws IOException {
        this.text = text;
        this.instruction = instruction;
        this.line = 1;
        text.beginRow();
        try {
            this.parser = CSVParser.parse(new Utf8Reader(text), FORMAT);
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(e);
        }
        this.records = parser.iterator();
        requireColumns(parser.getHeaderNames());
    }

    @Override
    public Optional<Row> next() throws IOException {
        try {
            text.beginRow();
            line = parser.getCurrentLineNumber() + 1;
            while (records.hasNext()) {
                CSVRecord row = records.next();
                if (row.size() > 1 || !row.get(0).isEmpty()) {
                    return Optional.of(read(row));
                }
                text.beginRow();
                line = parser.getCurrentLineNumber() + 1;
            }
            return Optional.empty();
        } catch (UncheckedIOException e) {
            throw unreadable(e.getCause() == null ? e : e.getCause());
        } catch (IllegalStateException e) { // commons-csv has an exception of each kind
            throw unreadable(e);
        }
    }

    private IOException unreadable(Exception e) {
        return switch (e) {
            case RowTooLongException _ -> UnreadableRestException.rowTooLong(line);
            case UnreadableRestException known -> known;
            default ->
                    new UnreadableRestException(
                            "is not CSV from line %d on: is a quote left open?".formatted(line));
        };
    }

    private Row read(CSVRecord row) {
        if (!row.isConsistent()) {
            return new BadRow(
                    line,
                    "has %d columns instead of 2: quote text that holds commas"
                            .formatted(row.size()));
        }
        String category = row.get(CATEGORY);
        if (row.get(TEXT).isBlank()) {
            return new BadRow(line, "column 'text' is empty");
        }
        if (category.isBlank()) {
            return new BadRow(line, "column 'category' is empty");
        }
        Message prompt = Message.user(Prompts.userMessage(instruction, row.get(TEXT)));
        return new Row.Usable(
                line, List.of(new LabelledExample(List.of(prompt), category, category, line)));
    }

    private static void requireColumns(List<String> header) throws UnreadableRestException {
        Set<String> seen = new LinkedHashSet<>();
        for (String column : header) {
            if (!COLUMNS.contains(column)) {
                throw wrongHeader("an unknown column", column);
            }
            if (!seen.add(column)) {
                throw wrongHeader("twice the column", column);
            }
        }
        for (String column : List.of(TEXT, CATEGORY)) {
            if (!seen.contains(column)) {
                throw wrongHeader("no column", column);
            }
        }
    }

    private static UnreadableRestException wrongHeader(String what, String column) {
        return new UnreadableRestException(
                "has %s '%s': the first line of a CSV file must be text,category"
                        .formatted(what, UnreadableRestException.shown(column)));
    }
}
