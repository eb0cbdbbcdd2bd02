package io.millrace.ingest.importer;

import io.millrace.ingest.importer.Rows.BadRow;
import io.millrace.runtime.MillraceException;
import io.millrace.schemas.EventJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The report of rows that cannot be used: a JSON line each with {@code line} and {@code reason},
 * and nothing of the row, which may hold personal data. The file is there when it is whole, and
 * only when there was such a row; it takes the place of an earlier import's.
 */
public final class Rejects implements AutoCloseable {

    private final Path file;
    private final Path unfinished;
    private @Nullable OutputStream out;

    public Rejects(Path file) {
        this.file = file;
        this.unfinished = file.resolveSibling(file.getFileName() + ".part");
    }

    /**
     * Adds a row.
     *
     * @throws MillraceException when it cannot be written
     */
    void add(BadRow row) {
        try {
            if (out == null) {
                Path folder = file.toAbsolutePath().getParent();
                if (folder != null) {
                    Files.createDirectories(folder);
                }
                out = new BufferedOutputStream(Files.newOutputStream(unfinished));
            }
            out.write(EventJson.write(row));
            out.write('\n');
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Where the report is, or will be when this is closed; empty when no row was bad. */
    public Optional<Path> file() {
        return out == null ? Optional.empty() : Optional.of(file);
    }

    @Override
    public void close() {
        if (out == null) {
            return;
        }
        try {
            out.close();
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private MillraceException failure(IOException e) {
        return new MillraceException(
                "the report of bad rows cannot be written to %s: %s".formatted(file, e), e);
    }
}
