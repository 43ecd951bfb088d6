package com.shivx.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Where an embedded service keeps its files: a given folder, which stays, or one of its own, which
 * goes with it.
 *
 * <p>Invariant: while it is open, a given folder is locked, so that no second service of ours, in
 * this process or another, touches files that the first one writes. (Two brokers on one folder both
 * open its metadata log before Kafka's own lock tells them apart, and the first one never
 * recovers.)
 */
final class DataDirectory implements AutoCloseable {

    private static final String LOCK_FILE = ".in-use";

    private final Path path;
    private final @Nullable FileChannel lock;

    private DataDirectory(Path path, @Nullable FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    static DataDirectory of(@Nullable Path given, String prefix) {
        try {
            if (given == null) {
                return new DataDirectory(Files.createTempDirectory(prefix), null);
            }
            Path path = Files.createDirectories(given).toRealPath();
            return new DataDirectory(path, lock(path));
        } catch (IOException e) {
            Object place = given == null ? System.getProperty("java.io.tmpdir") : given;
            throw new StartException(
                    "cannot write to %s (%s): choose another folder".formatted(place, e), e);
        }
    }

    Path path() {
        return path;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** Gives a given folder free, or deletes one of its own. */
    @Override
    public void close() {
        try {
            if (lock == null) {
                Files.walkFileTree(path, new Deletion());
            } else {
                // The file stays: deleted, it could be locked once more under the same name.
                lock.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + path, e);
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        path.resolve(LOCK_FILE),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Held in this very process.
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        if (!locked) {
            throw new StartException(
                    "%s is in use: stop the service that uses it, or choose another folder"
                            .formatted(path));
        }
        return channel;
    }

    /** Deletes everything; a file that has gone meanwhile is as good as deleted. */
    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
                throws IOException {
            if (e != null) {
                throw e;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
