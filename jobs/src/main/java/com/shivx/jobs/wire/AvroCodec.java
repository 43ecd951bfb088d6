package com.shivx.jobs.wire;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.ResolvingDecoder;

/**
 * Data of one kind as raw Avro: by which schema they are written, and how those of every version
 * are read. Holds buffers; not safe between threads.
 */
public interface AvroCodec<T> {

    /** The schema that is written, and as which every earlier one is read. */
    Schema schema();

    /** The bytes of one datum. */
    byte[] write(T value);

    /** The next datum of a decoder that resolves its writer's schema to {@link #schema()}. */
    T read(ResolvingDecoder in) throws IOException;
}
