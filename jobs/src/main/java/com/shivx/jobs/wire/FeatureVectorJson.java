package com.shivx.jobs.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
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

    private static final SerializableString VECTOR_ID = Json.name("vector_id");
    private static final SerializableString SYMBOL = Json.name("symbol");
    private static final SerializableString KIND = Json.name("kind");
    private static final SerializableString EVENT_TIME_MICROS = Json.name("event_time_micros");
    private static final SerializableString FEATURE_SET_HASH = Json.name("feature_set_hash");
    private static final SerializableString READY = Json.name("ready");
    private static final SerializableString FEATURES = Json.name("features");

    private final SerializableString[] names;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(2048);

    /**
     * Writes vectors of one feature set.
     *
     * @param names the names of its features, in the order of the vector's values
     */
    public FeatureVectorJson(List<String> names) {
        this.names = names.stream().map(Json::name).toArray(SerializableString[]::new);
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
        Json.writeText(json, VECTOR_ID, vector.vectorId());
        Json.writeText(json, SYMBOL, vector.symbol());
        Json.writeEnum(json, KIND, vector.kind());
        Json.writeLong(json, EVENT_TIME_MICROS, vector.eventTimeMicros());
        Json.writeText(json, FEATURE_SET_HASH, vector.featureSetHash());
        json.writeFieldName(READY);
        json.writeBoolean(vector.ready());
        json.writeFieldName(FEATURES);
        json.writeStartObject();
        for (int i = 0; i < names.length; i++) {
            Json.writeFloat(json, names[i], vector.values()[i]);
        }
        json.writeEndObject();
    }
}
