package com.shivx.jobs.backfill;

import com.shivx.jobs.wire.FeatureVectorAvro;
import com.shivx.operators.features.TickVector;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.core.fs.FSDataOutputStream;

/**
 * Writes vectors as one Avro object container file, each in the very bytes it has on the topic
 * {@code features}.
 */
final class FeatureFileWriter implements BulkWriter<TickVector> {

    private final DataFileWriter<GenericRecord> file;
    private final FeatureVectorAvro codec = new FeatureVectorAvro();

    FeatureFileWriter(FSDataOutputStream out) throws IOException {
        file = new DataFileWriter<>(new GenericDatumWriter<>(FeatureVectorAvro.SCHEMA));
        file.setCodec(CodecFactory.deflateCodec(CodecFactory.DEFAULT_DEFLATE_LEVEL));
        file.create(FeatureVectorAvro.SCHEMA, out);
    }

    @Override
    public void addElement(TickVector element) throws IOException {
        file.appendEncoded(ByteBuffer.wrap(codec.write(element.vector())));
    }

    @Override
    public void flush() throws IOException {
        file.flush();
    }

    /** Writes the last block; the stream is its opener's to close. */
    @Override
    public void finish() throws IOException {
        file.flush();
    }
}
