package com.shivx.jobs.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;

/** The Avro schemas in the jar. */
final class AvroSchemas {

    private AvroSchemas() {}

    /** The schema in {@code schemas/FILE}. */
    static Schema load(String file) {
        try (InputStream in = AvroSchemas.class.getResourceAsStream("/schemas/" + file)) {
            if (in == null) {
                throw new IllegalStateException("schemas/" + file + " is not in the jar");
            }
            return new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
