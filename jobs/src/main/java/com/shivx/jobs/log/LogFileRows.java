package com.shivx.jobs.log;

import com.shivx.jobs.wire.AvroCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.ResolvingDecoder;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.util.IOUtils;
import org.jspecify.annotations.Nullable;

/** The records of one file, in the order in which they were written. */
public final class LogFileRows<T> implements AutoCloseable {

    private static final String REMEDY =
            "; move the file away, and fill its date by a backfill or from a copy";

    private final Path file;
    private final DataFileStream<T> rows;
    private long position;

    private LogFileRows(Path file, DataFileStream<T> rows) {
        this.file = file;
        this.rows = rows;
    }

    /**
     * Opens a file.
     *
     * @throws LogFileException if it is gone, or no file of such records
     */
    public static <T> LogFileRows<T> open(Path file, AvroCodec<T> codec) throws LogFileException {
        FSDataInputStream in = null;
        try {
            FileSystem files = file.getFileSystem();
            in = files.open(file);
            SyncMark.requireAtEnd(in, files.getFileStatus(file).getLen());
            return new LogFileRows<>(file, new DataFileStream<>(in, new CodecReader<>(codec)));
        } catch (IOException | RuntimeException e) {
            IOUtils.closeQuietly(in);
            throw new LogFileException(file, "cannot be opened (" + reason(e) + ")" + REMEDY, e);
        }
    }

    /** The next record, or null at the end. */
    public @Nullable T next() throws LogFileException {
        try {
            if (!rows.hasNext()) {
                return null;
            }
            T row = rows.next();
            position++;
            return row;
        } catch (RuntimeException e) {
            // Avro says by whatever comes first that bytes are not what their schema says.
            throw damaged(e);
        }
    }

    /** How many there are from a block's beginning on, unread. Nothing is left afterwards. */
    public long countRest() throws LogFileException {
        try {
            long before = position;
            while (rows.hasNext()) {
                if (rows.getBlockCount() <= 0) {
                    throw new AvroRuntimeException("a block of " + rows.getBlockCount() + " rows");
                }
                position += rows.getBlockCount();
                rows.nextBlock();
            }
            return position - before;
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
    }

    private LogFileException damaged(Exception e) {
        return new LogFileException(
                file, "is damaged after row %d (%s)".formatted(position, reason(e)) + REMEDY, e);
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    @Override
    public void close() throws LogFileException {
        try {
            rows.close();
        } catch (IOException e) {
            throw new LogFileException(file, "cannot be closed: " + e.getMessage(), e);
        }
    }

    /** Reads by a codec of ours what the file's own schema describes. */
    private static final class CodecReader<T> implements DatumReader<T> {

        private final AvroCodec<T> codec;
        private @Nullable ResolvingDecoder resolving;

        CodecReader(AvroCodec<T> codec) {
            this.codec = codec;
        }

        @Override
        public void setSchema(Schema writer) {
            try {
                resolving = DecoderFactory.get().resolvingDecoder(writer, codec.schema(), null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public T read(@Nullable T reuse, Decoder in) throws IOException {
            ResolvingDecoder decoder = resolving;
            if (decoder == null || !(in instanceof BinaryDecoder)) {
                throw new IllegalStateException("a file's schema comes before its data");
            }
            decoder.configure(in);
            return codec.read(decoder);
        }
    }
}
