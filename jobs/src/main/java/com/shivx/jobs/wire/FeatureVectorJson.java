package com.shivx.jobs.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.shivx.features.FeatureVector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * A feature vector as JSON, features by name ({@code schemas/feature-vector.schema.json}): what
 * people read, and the value of the topic {@code features} where JSON is asked for. NaN is null.
 * Not safe between threads.
 */
public final class FeatureVectorJson {

    private final String[] names;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(2048);

    /**
     * Writes vectors of one feature set.
     *
     * @param names the names of its features, in the order of the vector's values
     */
    public FeatureVectorJson(List<String> names) {
        this.names = names.toArray(String[]::new);
    }

    /** The vector as UTF-8. */
    public byte[] write(FeatureVector vector) {
        if (vector.values().length != names.length) {
            throw new IllegalArgumentException(
                    "Vector "
                            + vector.vectorId()
                            + " has "
                            + vector.values().length
                            + " values for "
                            + names.length
                            + " names: give the names of its own feature set");
        }
        return Json.object(buffer, json -> writeFields(json, vector));
    }

    private void writeFields(JsonGenerator json, FeatureVector vector) throws IOException {
        json.writeStringField("vector_id", vector.vectorId());
        json.writeStringField("symbol", vector.symbol());
        json.writeStringField("kind", vector.kind().name());
        json.writeNumberField("event_time_micros", vector.eventTimeMicros());
        json.writeStringField("feature_set_hash", vector.featureSetHash());
        json.writeBooleanField("ready", vector.ready());
        json.writeObjectFieldStart("features");
        for (int i = 0; i < names.length; i++) {
            Json.writeFloat(json, names[i], vector.values()[i]);
        }
        json.writeEndObject();
    }
}
