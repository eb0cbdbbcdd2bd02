package io.millrace.model.artefact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A directory of immutable artefacts, each a folder named by the digest of its files. Publishing is
 * all or nothing: files are forced to disk in a staging folder that is then renamed.
 */
public final class ArtefactStore {

    private final Path root;

    /** Opens the store, and makes it where there is none. */
    public ArtefactStore(Path root) {
        this.root = root;
        try {
            Files.createDirectories(root.resolve("sha256"));
            Files.createDirectories(root.resolve("staging"));
        } catch (IOException e) {
            throw new ArtefactException(
                    "can't make the artefact store " + root + ": " + e.getMessage(), e);
        }
    }

    /**
     * A new empty folder on the store's own file system, to write an artefact into before it is
     * published.
     */
    public Path stage() {
        try {
            // Not a temporary directory: those are closed to the other users who serve what is
            // published.
            return Files.createDirectory(
                    root.resolve("staging").resolve(UUID.randomUUID().toString()));
        } catch (IOException e) {
            throw new ArtefactException(
                    "can't write to the artefact store " + root + ": " + e.getMessage(), e);
        }
    }

    /**
     * Moves a finished folder into the store; it is gone from where it was. The same content
     * published twice is one artefact, and heals one that was altered.
     */
    public Digest publish(Path staged) {
        Digest digest = digestOf(staged);
        try {
            for (Path path : walk(staged)) {
                force(path);
            }
            rename(staged, digest);
            delete(staged);
            force(root.resolve("sha256"));
        } catch (IOException e) {
            throw new ArtefactException(
                    "can't publish " + staged + " to " + root + ": " + e.getMessage(), e);
        }
        return digest;
    }

    private void rename(Path staged, Digest digest) throws IOException {
        Path target = location(digest);
        try {
            Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(target)) {
                throw e;
            }
            if (!digestOf(target).equals(digest)) {
                delete(target);
                Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (Path path : walk(folder).reversed()) {
                Files.delete(path);
            }
        }
    }

    /** Where an artefact lies, whether or not it is there. */
    public Path location(Digest digest) {
        return root.resolve("sha256").resolve(digest.hex());
    }

    /**
     * The artefact's folder, its digest computed again.
     *
     * @throws ArtefactException when it is missing or is no longer what its name says
     */
    public Path verified(Digest digest) {
        Path folder = location(digest);
        if (!Files.isDirectory(folder)) {
            throw new ArtefactException(
                    "artefact " + digest + " is missing: " + folder + " does not exist");
        }
        Digest found = digestOf(folder);
        if (!found.equals(digest)) {
            throw new ArtefactException(
                    "artefact "
                            + folder
                            + " was altered: its digest is now "
                            + found
                            + "; restore it or train again");
        }
        return folder;
    }

    /**
     * The digest of a folder: the path, size and content of each file in it, in the order of their
     * paths.
     */
    public static Digest digestOf(Path directory) {
        MessageDigest sha = Digest.start();
        try {
            for (Path file : files(directory)) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                sha.update(name.getBytes(StandardCharsets.UTF_8));
                sha.update(ByteBuffer.allocate(9).put((byte) 0).putLong(Files.size(file)).flip());
                Digest.read(file, sha);
            }
        } catch (IOException e) {
            throw new ArtefactException("can't read " + directory + ": " + e.getMessage(), e);
        }
        return Digest.finish(sha, new byte[0]);
    }

    private static List<Path> files(Path directory) throws IOException {
        return walk(directory).stream().filter(Files::isRegularFile).toList();
    }

    /** A folder and all it holds, each folder before what is in it. */
    private static List<Path> walk(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.sorted().toList();
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
