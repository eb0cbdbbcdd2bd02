package io.millrace.ingest.importer;

import io.millrace.runtime.UsageException;
import io.millrace.schemas.EventJson;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A data set on disk, read row by row, so that its size does not matter. It is UTF-8, with or
 * without a byte order mark, plain or gzip; whether it is JSON lines, one JSON array or CSV is seen
 * by its first character.
 */
public final class DataFile implements AutoCloseable {

    /** So many rows decide what a file is. */
    private static final int FIRST_ROWS = 20;

    private static final int MAX_FIELDS_TOLD = 10;

    private final Path path;
    private final FileChannel channel;
    private final DataFormat format;
    private final RowSource rows;

    private DataFile(Path path, FileChannel channel, DataFormat format, RowSource rows) {
        this.path = path;
        this.channel = channel;
        this.format = format;
        this.rows = rows;
    }

    /**
     * Opens a file in the format that most of its first rows have.
     *
     * @param instruction what stands over each text of a CSV file; the others bring their own
     * @throws UsageException when it cannot be read, or its rows are of no known format
     */
    public static DataFile open(Path path, String instruction) {
        return open(path, formatOf(path), instruction);
    }

    /**
     * Opens a file in a format that is known; rows of another are bad rows.
     *
     * @param instruction what stands over each text of a CSV file; the others bring their own
     * @throws UsageException when it cannot be read, or is CSV with other columns
     */
    public static DataFile open(Path path, DataFormat format, String instruction) {
        return withChannel(
                path,
                channel -> {
                    FileText text = FileText.of(channel);
                    RowSource rows =
                            format == DataFormat.CSV
                                    ? new CsvRows(text, instruction)
                                    : new JsonRows(rawRows(text), Shape.of(format));
                    return new DataFile(path, channel, format, rows);
                });
    }

    /** The file's own name, without its folders. */
    public String name() {
        return String.valueOf(path.getFileName());
    }

    public DataFormat format() {
        return format;
    }

    /** How many bytes it has on disk. */
    public long size() {
        return onDisk(FileChannel::size);
    }

    /** How many bytes of it have been read so far. */
    public long position() {
        return onDisk(FileChannel::position);
    }

    /**
     * The next row, or empty at the end.
     *
     * @throws UsageException when the file cannot be read any further; its message names the line
     */
    public Optional<Row> next() {
        try {
            return rows.next();
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    private static RawRow.Source rawRows(FileText text) throws IOException {
        return text.firstVisible() == '[' ? new JsonArray(text) : new JsonLines(text);
    }

    private static DataFormat formatOf(Path path) {
        return withChannel(
                path,
                channel -> {
                    try (channel) {
                        FileText text = FileText.of(channel);
                        return switch (text.firstVisible()) {
                            case -1 -> throw new UnreadableRestException("is empty");
                            case '[', '{' -> formatOf(rawRows(text));
                            default -> DataFormat.CSV;
                        };
                    }
                });
    }

    private static DataFormat formatOf(RawRow.Source rows) throws IOException {
        Map<DataFormat, Integer> votes = new EnumMap<>(DataFormat.class);
        Set<String> fields = new LinkedHashSet<>();
        for (int i = 0; i < FIRST_ROWS; i++) {
            Optional<RawRow> row = rows.next();
            if (row.isEmpty()) {
                break;
            }
            JsonNode json = tree(row.get());
            DataFormat format = DataFormat.of(json);
            if (format != null) {
                votes.merge(format, 1, Integer::sum);
            }
            fields.addAll(json.propertyNames());
        }
        return votes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseThrow(() -> unknown(fields));
    }

    private static JsonNode tree(RawRow row) {
        try {
            return row instanceof RawRow.Json json
                    ? EventJson.MAPPER.readTree(json.text())
                    : EventJson.MAPPER.missingNode();
        } catch (JacksonException e) {
            return EventJson.MAPPER.missingNode();
        }
    }

    private static UnreadableRestException unknown(Set<String> fields) {
        String told =
                fields.isEmpty()
                        ? "no fields"
                        : "the fields "
                                + fields.stream()
                                        .limit(MAX_FIELDS_TOLD)
                                        .map(UnreadableRestException::shown)
                                        .collect(Collectors.joining(", "));
        return new UnreadableRestException(
                "has first rows with %s, which is none of the formats %s: convert it to one"
                        .formatted(told, DataFormat.catalogue()));
    }

    private interface OnChannel<T> {
        T apply(FileChannel channel) throws IOException;
    }

    private static <T> T withChannel(Path path, OnChannel<T> use) {
        try {
            FileChannel channel = FileChannel.open(path);
            try {
                return use.apply(channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    private long onDisk(OnChannel<Long> question) {
        try {
            return question.apply(channel);
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    private static UsageException failure(Path path, IOException e) {
        String what =
                switch (e) {
                    case UnreadableRestException known -> String.valueOf(known.getMessage());
                    case NoSuchFileException _ -> "does not exist: give the path of a data file";
                    case EOFException _ -> "ends before its gzip data does: copy it again";
                    case ZipException _ -> "holds damaged gzip data: copy it again";
                    default -> "cannot be read: " + e.getMessage();
                };
        return new UsageException(path + " " + what, e);
    }
}
