package io.millrace.ingest.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ingest.importer.Rows.BadRow;
import io.millrace.ingest.redaction.Redaction;
import io.millrace.runtime.UsageException;
import io.millrace.schemas.PrincipalId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** What holds of a data set of any bytes: it is read to its end, or refused with a reason. */
final class FuzzedFile {

    private static final Demonstrations DEMONSTRATIONS =
            new Demonstrations(
                    new PrincipalId("importer"),
                    "fuzz",
                    Redaction.DEFAULT,
                    Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    private final Path path;

    FuzzedFile() {
        try {
            path = Files.createTempFile("fuzz", ".data");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        path.toFile().deleteOnExit();
    }

    interface Opening {
        DataFile open(Path path);
    }

    void read(byte[] content, Opening opening) throws IOException {
        Files.write(path, content);
        try (DataFile file = opening.open(path)) {
            long line = 0;
            for (Optional<Row> row = file.next(); row.isPresent(); row = file.next()) {
                assertThat(row.get().line()).isGreaterThanOrEqualTo(Math.max(line, 1));
                line = row.get().line();
                check(row.get());
            }
        } catch (UsageException e) {
            assertThat(e.getMessage()).startsWith(path + " ");
            assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1);
        }
    }

    private static void check(Row row) {
        switch (row) {
            case BadRow bad -> assertThat(bad.reason().lines()).hasSize(1);
            case Row.Usable usable -> {
                for (LabelledExample example : usable.examples()) {
                    assertThat(example.line()).isEqualTo(row.line());
                    assertThat(DEMONSTRATIONS.fitting(example)).isPresent();
                }
            }
        }
    }
}
