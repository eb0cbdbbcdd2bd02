package io.millrace.launcher.broker;

import io.millrace.runtime.MillraceException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that one Millrace keeps on disk, under one root. A file beside it says which format it
 * is in, so that no version ever misreads what another one wrote.
 *
 * <pre>
 * millrace-data.json   the format
 * broker.json          the address of the embedded broker, of this run or the last one
 * lock                 held by the process whose broker runs here
 * kafka/               the broker's log
 * artefacts/           base models and adapters, by digest
 * streams/             curation's state
 * curation.yaml        what curation decides by, if not the standard
 * gate-policy.yaml     what the gate asks of a challenger, if not the standard
 * suites/              prompts for the gate beside the stream's holdout, a folder each
 * prometheus.yml       watches the services
 * reports/             what the gate and the demo write for people
 * logs/                millrace.log
 * </pre>
 */
public final class DataDirectory {

    /** The format of this version. */
    static final int FORMAT = 1;

    /** Less than this and Kafka may be unable to roll a segment. */
    static final long MIN_FREE_BYTES = 1L << 30;

    private static final String MARKER = "millrace-data.json";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path root;

    private DataDirectory(Path root) {
        this.root = root;
    }

    record Marker(int format) {}

    record BrokerAddress(int port, long pid) {}

    /**
     * Opens a data directory, making it when there is none.
     *
     * @throws MillraceException when it cannot be written, is another version's, holds something
     *     else, or its disk is full
     */
    public static DataDirectory open(Path path) {
        Path root = path.toAbsolutePath().normalize();
        try {
            requireSpace(root, Files.getFileStore(nearest(root)).getUsableSpace());
            Files.createDirectories(root);
            if (!Files.isWritable(root)) {
                throw new MillraceException(
                        "cannot write to %s: choose another --data-dir".formatted(root));
            }
            if (!Files.exists(root.resolve(MARKER))) {
                requireEmpty(root);
                Files.writeString(
                        root.resolve(MARKER), JSON.writeValueAsString(new Marker(FORMAT)) + "\n");
            }
        } catch (FileAlreadyExistsException e) {
            throw new MillraceException(
                    "%s is a file: choose another --data-dir".formatted(root), e);
        } catch (IOException e) {
            throw new MillraceException(
                    "cannot write to %s: choose another --data-dir (%s)"
                            .formatted(root, e.getMessage()),
                    e);
        }
        return existing(root)
                .orElseThrow(() ->
                        new MillraceException("%s vanished while it was opened".formatted(root)));
    }

    /**
     * A data directory that is there already.
     *
     * @throws MillraceException when it is another version's
     */
    public static Optional<DataDirectory> existing(Path path) {
        Path root = path.toAbsolutePath().normalize();
        Path marker = root.resolve(MARKER);
        if (!Files.exists(marker)) {
            return Optional.empty();
        }
        requireFormat(root, read(marker, Marker.class).format());
        return Optional.of(new DataDirectory(root));
    }

    public Path root() {
        return root;
    }

    public Path artefacts() {
        return root.resolve("artefacts");
    }

    public Path streams() {
        return root.resolve("streams");
    }

    public Path reports() {
        return root.resolve("reports");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    Path kafka() {
        return root.resolve("kafka");
    }

    /** The bootstrap address of the broker that another process runs on this directory now. */
    public Optional<String> runningBroker() {
        if (!DirectoryLock.isHeld(lockFile())) {
            return Optional.empty();
        }
        return lastAddress().map(address -> BrokerConfig.HOST + ":" + address.port());
    }

    /**
     * Takes the directory for this process alone.
     *
     * @throws MillraceException when another process has it
     */
    DirectoryLock lock() {
        return DirectoryLock.tryAcquire(lockFile())
                .orElseThrow(() ->
                        new MillraceException(
                                "data directory %s is in use by %s: stop it or choose another --data-dir"
                                        .formatted(root, holder())));
    }

    Optional<BrokerAddress> lastAddress() {
        Path file = root.resolve("broker.json");
        return Files.exists(file) ? Optional.of(read(file, BrokerAddress.class)) : Optional.empty();
    }

    void remember(BrokerAddress address) {
        try {
            Files.writeString(root.resolve("broker.json"), JSON.writeValueAsString(address) + "\n");
        } catch (IOException e) {
            throw new MillraceException(
                    "cannot write to %s: %s".formatted(root, e.getMessage()), e);
        }
    }

    /** The directory itself, or the first above it that is there. */
    private static Path nearest(Path directory) {
        Path parent = directory.getParent();
        return parent == null || Files.exists(directory) ? directory : nearest(parent);
    }

    static void requireSpace(Path root, long freeBytes) {
        if (freeBytes < MIN_FREE_BYTES) {
            throw new MillraceException(
                    "only %d MiB are free on the disk of %s, at least %d MiB are needed: free some or choose another --data-dir"
                            .formatted(freeBytes >> 20, root, MIN_FREE_BYTES >> 20));
        }
    }

    private static void requireEmpty(Path root) throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            if (files.findAny().isPresent()) {
                throw new MillraceException(
                        "%s holds files that are not Millrace's: choose an empty or new --data-dir"
                                .formatted(root));
            }
        }
    }

    private static void requireFormat(Path root, int format) {
        if (format != FORMAT) {
            throw new MillraceException(
                    "data directory %s is in format %d and this version reads format %d: choose another --data-dir or the version that wrote it"
                            .formatted(root, format, FORMAT));
        }
    }

    private static <T> T read(Path file, Class<T> type) {
        try {
            return JSON.readValue(Files.readString(file), type);
        } catch (IOException | JacksonException e) {
            throw new MillraceException(
                    "cannot read %s: choose another --data-dir".formatted(file), e);
        }
    }

    private Path lockFile() {
        return root.resolve("lock");
    }

    private String holder() {
        return lastAddress().map(address -> "process " + address.pid()).orElse("another process");
    }
}
