package io.millrace.evaluator.report;

import io.millrace.runtime.MillraceException;
import io.millrace.schemas.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Pattern;

/** Where reports lie, one file for each version. A reader never sees half of one. */
public final class ReportDirectory {

    /** A version may hold characters that mean something in a path. */
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]");

    private final Path directory;

    public ReportDirectory(Path directory) {
        this.directory = directory;
    }

    /** Where the report on this version lies, or will. */
    public Path fileOf(ModelVersion version) {
        return directory.resolve(UNSAFE.matcher(version.value()).replaceAll("_") + ".html");
    }

    /**
     * Writes a report in place of an earlier one on the same version.
     *
     * @throws MillraceException when the directory cannot be written
     */
    public void write(Report report) {
        Path file = fileOf(report.candidate().modelVersion());
        Path draft = directory.resolve(file.getFileName() + ".draft");
        try {
            Files.createDirectories(directory);
            Files.writeString(draft, ReportPage.of(report));
            Files.move(
                    draft,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new MillraceException(
                    "report %s cannot be written: %s".formatted(file, e.getMessage()), e);
        }
    }
}
