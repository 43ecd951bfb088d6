package com.shivx.jobs.log;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.connector.file.sink.compactor.OutputStreamBasedFileCompactor;
import org.apache.flink.core.fs.Path;

/**
 * Makes one file of several of a kind. Their blocks are copied as they are, compressed; only those
 * of an older schema, left by the release before, are written anew.
 */
final class LogFileCompactor extends OutputStreamBasedFileCompactor {

    private static final long serialVersionUID = 1;

    private final LogKind kind;

    LogFileCompactor(LogKind kind) {
        this.kind = kind;
    }

    @Override
    protected void doCompact(List<Path> files, OutputStream out) throws IOException {
        Schema schema = kind.records().codec().schema();
        DataFileWriter<GenericRecord> merged = LogFileWriter.open(schema, out);
        for (Path file : files) {
            try (DataFileStream<GenericRecord> rows =
                    new DataFileStream<>(
                            file.getFileSystem().open(file),
                            new GenericDatumReader<>(null, schema))) {
                if (rows.getSchema().equals(schema)) {
                    merged.appendAllFrom(rows, false);
                } else {
                    for (GenericRecord row : rows) {
                        merged.append(row);
                    }
                }
            }
        }
        merged.flush();
    }
}
