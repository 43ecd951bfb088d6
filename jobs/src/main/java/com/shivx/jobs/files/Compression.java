package com.shivx.jobs.files;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** How a file is packed: told from its first bytes, which its name must not contradict. */
enum Compression {
    PLAIN(""),
    GZIP(".gz", 0x1f, 0x8b),
    ZIP(".zip", 'P', 'K'),
    ZSTD(".zst", 0x28, 0xb5, 0x2f, 0xfd),
    XZ(".xz", 0xfd, '7', 'z', 'X', 'Z'),
    BZIP2(".bz2", 'B', 'Z', 'h');

    private final String extension;
    private final byte[] firstBytes;

    Compression(String extension, int... firstBytes) {
        this.extension = extension;
        this.firstBytes = new byte[firstBytes.length];
        for (int i = 0; i < firstBytes.length; i++) {
            this.firstBytes[i] = (byte) firstBytes[i];
        }
    }

    /** How that file is packed. */
    static Compression of(Path file) throws TickFileException {
        Compression byBytes = byFirstBytes(file);
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        for (Compression byName : values()) {
            if (byName != PLAIN && byName != byBytes && name.endsWith(byName.extension)) {
                throw new TickFileException(
                        file,
                        "is no "
                                + byName.extension
                                + " file, whatever its name: fetch it again, or rename it");
            }
        }
        if (byBytes == ZSTD || byBytes == XZ || byBytes == BZIP2) {
            throw new TickFileException(
                    file,
                    "is packed as "
                            + byBytes.extension
                            + ", which is not read here: unpack it, or pack it as .gz or .zip."
                            + " Known formats: "
                            + TickFormat.names());
        }
        return byBytes;
    }

    private static Compression byFirstBytes(Path file) throws TickFileException {
        byte[] start = new byte[5];
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 64)) {
            int read = in.readNBytes(start, 0, start.length);
            for (Compression compression : values()) {
                int length = compression.firstBytes.length;
                if (length > 0
                        && read >= length
                        && Arrays.equals(start, 0, length, compression.firstBytes, 0, length)) {
                    return compression;
                }
            }
            return PLAIN;
        } catch (IOException e) {
            throw TickFileException.of(file, e);
        }
    }
}
