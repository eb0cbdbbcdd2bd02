package io.millrace.launcher.broker;

import io.millrace.runtime.MillraceException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock file held by one process. The operating system lets go of it when the process dies,
 * however it dies. Within this process a set stands guard, because closing any channel of a file
 * gives up the process' locks on it.
 */
final class DirectoryLock implements AutoCloseable {

    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Empty when this or another process holds it. */
    static Optional<DirectoryLock> tryAcquire(Path file) {
        if (!HELD_HERE.add(file)) {
            return Optional.empty();
        }
        Optional<DirectoryLock> lock = Optional.empty();
        try {
            lock = lock(file);
            return lock;
        } catch (IOException e) {
            throw new MillraceException(
                    "cannot lock %s: choose another --data-dir (%s)"
                            .formatted(file, e.getMessage()),
                    e);
        } finally {
            if (lock.isEmpty()) {
                HELD_HERE.remove(file);
            }
        }
    }

    static boolean isHeld(Path file) {
        if (!Files.exists(file)) {
            return false;
        }
        Optional<DirectoryLock> lock = tryAcquire(file);
        lock.ifPresent(DirectoryLock::close);
        return lock.isEmpty();
    }

    private static Optional<DirectoryLock> lock(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new DirectoryLock(file, channel));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new MillraceException("cannot unlock %s: %s".formatted(file, e.getMessage()), e);
        } finally {
            HELD_HERE.remove(file);
        }
    }
}
