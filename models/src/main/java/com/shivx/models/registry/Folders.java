package com.shivx.models.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/** Files of versions in folders, seen by others only when they are complete and on the disk. */
public final class Folders {

    private Folders() {}

    /** What begins so is being written, or was when its writer was cut off. */
    public static final String UNFINISHED = ".unfinished-";

    /**
     * That a folder is not there, or empty.
     *
     * @throws RegistryException if files are, or it is a file itself
     */
    public static void requireFree(Path folder) {
        try {
            if (Files.exists(folder) && !isEmptyFolder(folder)) {
                throw new RegistryException(
                        "%s is there and not an empty folder; name another".formatted(folder));
            }
        } catch (IOException e) {
            throw new RegistryException(
                    "%s cannot be read: %s; name a folder that can".formatted(folder, e), e);
        }
    }

    /**
     * Puts files into a folder that is not there, or empty: all of them at once.
     *
     * @param files by name
     * @throws RegistryException if that cannot be
     */
    public static void write(Path folder, Map<String, byte[]> files) {
        requireFree(folder);
        Path target = folder.toAbsolutePath().normalize();
        try {
            Path parent = Objects.requireNonNull(target.getParent(), "a root is never empty");
            Files.createDirectories(parent);
            Path unfinished = parent.resolve(UNFINISHED + UUID.randomUUID());
            try {
                Files.createDirectory(unfinished);
                writeAll(unfinished, files);
                Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                deleteAll(unfinished);
            }
        } catch (IOException e) {
            throw new RegistryException(
                    "%s cannot be written: %s; name a folder that can".formatted(folder, e), e);
        }
    }

    private static boolean isEmptyFolder(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        }
    }

    /** Each file of a version under its name. */
    public static void writeAll(Path folder, VersionFiles files) throws IOException {
        writeAll(folder, files.byName());
    }

    private static void writeAll(Path folder, Map<String, byte[]> files) throws IOException {
        for (Map.Entry<String, byte[]> entry : files.entrySet()) {
            writeThrough(folder.resolve(entry.getKey()), entry.getValue());
        }
    }

    /** A new file, on the disk when this returns. */
    public static void writeThrough(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    /** A folder of files, where it is there; what cannot be deleted is in nobody's way. */
    public static void deleteAll(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                Files.deleteIfExists(entry);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // Its name is no version's.
        }
    }
}
