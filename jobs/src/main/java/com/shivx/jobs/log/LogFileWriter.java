package com.shivx.jobs.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries of one kind as one Avro object container file, each in the very bytes it has. The
 * file begins with its first entry: Flink opens a writer for a merged file too, and hands its
 * stream to {@link LogFileCompactor}, which writes a beginning of its own.
 */
final class LogFileWriter implements BulkWriter<LogEntry> {

    private final Schema schema;
    private final OutputStream out;
    private @Nullable DataFileWriter<GenericRecord> file;

    LogFileWriter(Schema schema, OutputStream out) {
        this.schema = schema;
        this.out = out;
    }

    /** A file that holds nothing yet. */
    static DataFileWriter<GenericRecord> open(Schema schema, OutputStream out) throws IOException {
        DataFileWriter<GenericRecord> file = new DataFileWriter<>(new GenericDatumWriter<>(schema));
        file.setCodec(CodecFactory.deflateCodec(CodecFactory.DEFAULT_DEFLATE_LEVEL));
        return file.create(schema, out);
    }

    @Override
    public void addElement(LogEntry entry) throws IOException {
        if (file == null) {
            file = open(schema, out);
        }
        file.appendEncoded(ByteBuffer.wrap(entry.datum()));
    }

    @Override
    public void flush() throws IOException {
        if (file != null) {
            file.flush();
        }
    }

    /** Writes the last block; the stream is its opener's to close. */
    @Override
    public void finish() throws IOException {
        flush();
    }
}
