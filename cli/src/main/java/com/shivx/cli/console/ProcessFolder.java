package com.shivx.cli.console;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * The folder of all temporary files of this process: of Kafka, of Flink, of native libraries. The
 * {@code shivx} script makes it, because a JVM cannot move its temporary files any more once it
 * runs. It is deleted with the process however that ends, but for {@code kill -9} and a crash,
 * after which the next process of the same user deletes it.
 *
 * <p>Invariant: while a process lives it holds the lock of {@code .in-use} in its folder, so a
 * folder whose lock is free is nobody's.
 */
public final class ProcessFolder {

    /** How the script begins its name. */
    private static final String PREFIX = "shivx-process-";

    private static final String LOCK_FILE = ".in-use";

    /** Between the folder and its lock lies only the start of a JVM. */
    private static final long LOCKED_WITHIN_MILLIS = 60_000;

    /** Files that others still write while they are deleted make more than one attempt worth it. */
    private static final int ATTEMPTS = 5;

    private static @Nullable ProcessFolder taken;

    private final Path path;

    /** Held as long as this is. */
    @SuppressWarnings({"unused", "FieldCanBeLocal"})
    private final FileLock lock;

    private ProcessFolder(Path path, FileLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes the folder that the script has made for this process, and deletes what others have
     * left. Nothing is done where this JVM's temporary files go anywhere else.
     */
    public static synchronized void take() {
        Path path = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
        Path parent = path.getParent();
        if (parent == null || !path.getFileName().toString().startsWith(PREFIX)) {
            return;
        }
        try {
            ProcessFolder folder = of(path);
            Runtime.getRuntime().addShutdownHook(new Thread(folder::delete, "delete-files"));
            taken = folder;
            deleteAbandoned(parent, Files.getOwner(path));
        } catch (IOException e) {
            // Whoever needs a temporary file says so.
        }
    }

    /** A folder, once it is locked. */
    static ProcessFolder of(Path path) throws IOException {
        FileLock lock = lock(path);
        if (lock == null) {
            throw new IOException(path + " is another process's");
        }
        return new ProcessFolder(path, lock);
    }

    /** Deletes what {@link #take()} has made, for an end without shutdown hooks. */
    static synchronized void deleteTaken() {
        if (taken != null) {
            taken.delete();
        }
    }

    /** Deletes it with everything in it, as far as that goes. */
    void delete() {
        for (int attempt = 0; attempt < ATTEMPTS && Files.exists(path); attempt++) {
            delete(path);
        }
    }

    /** Deletes what processes of this user have left that are no more. */
    static void deleteAbandoned(Path parent, UserPrincipal user) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                if (isAbandoned(folder, user)) {
                    delete(folder);
                }
            }
        }
    }

    private static boolean isAbandoned(Path folder, UserPrincipal user) {
        try {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    || !Files.getOwner(folder).equals(user)
                    || System.currentTimeMillis() - Files.getLastModifiedTime(folder).toMillis()
                            < LOCKED_WITHIN_MILLIS) {
                return false;
            }
            FileLock lock = lock(folder);
            if (lock == null) {
                return false;
            }
            lock.acquiredBy().close();
            return true;
        } catch (IOException e) {
            // Not to be read by this user, or gone meanwhile.
            return false;
        }
    }

    private static @Nullable FileLock lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        folder.resolve(LOCK_FILE),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held in this very process.
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        return lock;
    }

    private static void delete(Path folder) {
        try {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                                throws IOException {
                            Files.deleteIfExists(file);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) {
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(
                                Path directory, @Nullable IOException e) throws IOException {
                            Files.deleteIfExists(directory);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            // What is still written to is deleted by the next attempt or the next process.
        }
    }
}
