package io.millrace.trainer.dataset;

import io.millrace.schemas.EventJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** A dataset on disk: {@value #EXAMPLES} and {@value #MANIFEST}, ready to be published. */
public final class DatasetFiles {

    public static final String EXAMPLES = "dataset.jsonl";
    public static final String MANIFEST = "manifest.json";

    private DatasetFiles() {}

    /** Writes both files into an existing directory. */
    public static void write(Path directory, Dataset dataset, Manifest manifest)
            throws IOException {
        Files.write(directory.resolve(EXAMPLES), dataset.jsonl());
        Files.writeString(directory.resolve(MANIFEST), text(manifest), StandardCharsets.UTF_8);
    }

    /** Indented with plain line feeds on every platform: the bytes are part of the digest. */
    private static String text(Manifest manifest) {
        DefaultIndenter lineFeeds = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter()
                        .withObjectIndenter(lineFeeds)
                        .withArrayIndenter(lineFeeds);
        return EventJson.MAPPER.writer().with(printer).writeValueAsString(manifest) + "\n";
    }
}
