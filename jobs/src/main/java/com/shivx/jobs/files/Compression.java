package com.shivx.jobs.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** How a file is packed: told from its first bytes, which its name must not contradict. */
enum Compression {
    PLAIN("", ""),
    GZIP(".gz", "\u001f\u008b"),
    ZIP(".zip", "PK"),
    ZSTD(".zst", "(\u00b5/\u00fd"),
    XZ(".xz", "\u00fd7zXZ"),
    BZIP2(".bz2", "BZh");

    private final String extension;

    /** A character a byte. */
    private final String firstBytes;

    Compression(String extension, String firstBytes) {
        this.extension = extension;
        this.firstBytes = firstBytes;
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
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(5), StandardCharsets.ISO_8859_1);
            for (Compression compression : values()) {
                if (compression != PLAIN && start.startsWith(compression.firstBytes)) {
                    return compression;
                }
            }
            return PLAIN;
        } catch (IOException e) {
            throw TickFileException.of(file, e);
        }
    }
}
