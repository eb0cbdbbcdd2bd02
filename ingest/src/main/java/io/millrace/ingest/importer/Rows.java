package io.millrace.ingest.importer;

import io.millrace.runtime.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A data set as a whole: what can be used, and what cannot with its line and why. For data that
 * fits into memory; {@link DataFile} reads row by row.
 *
 * @param examples in the order of the file
 */
public record Rows(List<LabelledExample> examples, List<BadRow> bad) {

    /**
     * A row that cannot be used.
     *
     * @param line in the file, from 1
     * @param reason holds nothing of the row's content
     */
    public record BadRow(long line, String reason) implements Row {}

    public Rows {
        examples = List.copyOf(examples);
        bad = List.copyOf(bad);
    }

    /**
     * Reads a data set of any {@linkplain DataFormat format}, decided by its first rows.
     *
     * @param instruction what to do with each text of a CSV file; the others bring their own
     * @throws UsageException when the file as a whole cannot be used; its message names the file
     *     and the fix
     */
    public static Rows read(Path path, String instruction) {
        List<LabelledExample> examples = new ArrayList<>();
        List<BadRow> bad = new ArrayList<>();
        try (DataFile file = DataFile.open(path, instruction)) {
            for (Optional<Row> row = file.next(); row.isPresent(); row = file.next()) {
                switch (row.get()) {
                    case Row.Usable usable -> examples.addAll(usable.examples());
                    case BadRow flawed -> bad.add(flawed);
                }
            }
        }
        return new Rows(examples, bad);
    }
}
