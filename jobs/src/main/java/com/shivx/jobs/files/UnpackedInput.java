package com.shivx.jobs.files;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file, unpacked; knows how far into the file it is. What is wrong with the file is
 * a {@link TickFileException}, whether it shows at the start or, as a bad checksum does, at the
 * end.
 */
final class UnpackedInput extends InputStream {

    private static final int BUFFER = 64 * 1024;

    private final Path path;
    private final InputStream in;
    private final @Nullable Counted counted;
    private final @Nullable ZipEntry entry;
    private long unpacked;

    private UnpackedInput(
            Path path, InputStream in, @Nullable Counted counted, @Nullable ZipEntry entry) {
        this.path = path;
        this.in = in;
        this.counted = counted;
        this.entry = entry;
    }

    /** Opens a plain file, a gzip file, or the one file in a zip file. */
    static UnpackedInput open(Path path) throws TickFileException {
        try {
            return switch (Compression.of(path)) {
                case GZIP -> {
                    Counted file = new Counted(Files.newInputStream(path));
                    yield new UnpackedInput(path, gunzip(file), file, null);
                }
                case ZIP -> openZip(path);
                default -> {
                    Counted file = new Counted(Files.newInputStream(path));
                    yield new UnpackedInput(path, file, file, null);
                }
            };
        } catch (IOException e) {
            throw explain(path, e);
        }
    }

    /** Name of the file in a zip file, without folders; else null. */
    @Nullable String entryName() {
        return entry == null ? null : entry.getName().replaceFirst(".*/", "");
    }

    /** Bytes of the file read so far, as it lies on disk; of a zip file by proportion. */
    long position() {
        if (entry != null) {
            return entry.getCompressedSize() * unpacked / Math.max(1, entry.getSize());
        }
        return counted == null ? 0 : counted.bytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws TickFileException {
        try {
            int read = in.read(bytes, offset, length);
            unpacked += Math.max(0, read);
            return read;
        } catch (IOException e) {
            throw explain(path, e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static InputStream gunzip(Counted file) throws IOException {
        try {
            return new GZIPInputStream(file, BUFFER);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static UnpackedInput openZip(Path path) throws IOException {
        ZipFile zip = new ZipFile(path.toFile());
        try {
            ZipEntry entry = onlyFile(path, zip);
            return new UnpackedInput(path, new CheckedEntry(zip, entry), null, entry);
        } catch (IOException e) {
            zip.close();
            throw e;
        }
    }

    private static ZipEntry onlyFile(Path path, ZipFile zip) throws TickFileException {
        ZipEntry only = null;
        Enumeration<? extends ZipEntry> entries = zip.entries();
        while (entries.hasMoreElements()) {
            ZipEntry entry = entries.nextElement();
            boolean hidden =
                    entry.getName().startsWith("__MACOSX/")
                            || entry.getName().matches("(.*/)?\\.[^/]*");
            if (!entry.isDirectory() && !hidden) {
                if (only != null) {
                    throw new TickFileException(
                            path, "holds several files: unpack it, or give one zip file for each");
                }
                only = entry;
            }
        }
        if (only == null) {
            throw new TickFileException(path, "holds no file: fetch it again, or leave it out");
        }
        return only;
    }

    private static TickFileException explain(Path path, IOException cause) {
        if (cause instanceof EOFException) {
            return new TickFileException(
                    path, "is cut off (" + cause.getMessage() + "): fetch it again", cause);
        }
        if (cause instanceof ZipException) {
            return new TickFileException(
                    path, "is damaged (" + cause.getMessage() + "): fetch it again", cause);
        }
        return TickFileException.of(path, cause);
    }

    /** Counts bytes. */
    private static final class Counted extends FilterInputStream {

        private long bytes;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            bytes += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            bytes += Math.max(0, read);
            return read;
        }
    }

    /** An entry whose checksum is held against the archive's, which {@link ZipFile} does not do. */
    private static final class CheckedEntry extends CheckedInputStream {

        private final ZipFile zip;
        private final long expected;

        CheckedEntry(ZipFile zip, ZipEntry entry) throws IOException {
            super(zip.getInputStream(entry), new CRC32());
            this.zip = zip;
            this.expected = entry.getCrc();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            if (read < 0 && getChecksum().getValue() != expected) {
                throw new ZipException("wrong checksum");
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            super.close();
            zip.close();
        }
    }
}
