package com.shivx.jobs.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureVector;
import com.shivx.features.tick.TickKind;
import com.shivx.models.wire.DeadLetterReason;
import com.shivx.models.wire.Json;
import com.shivx.models.wire.JsonFields;
import com.shivx.models.wire.UnreadableRecordException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /**
     * The vector of a record of the topic.
     *
     * @param sets the feature sets by hash, whose order the values get
     * @throws UnreadableRecordException if there is none in it, or it is of another set
     */
    public static FeatureVector readRecord(byte @Nullable [] value, Map<String, FeatureSet> sets)
            throws UnreadableRecordException {
        JsonFields fields = JsonFields.parse(value, Integer.MAX_VALUE);
        String hash = fields.text("feature_set_hash");
        FeatureSet set = sets.get(hash);
        if (set == null) {
            throw new UnreadableRecordException(
                    DeadLetterReason.WRONG_TYPE,
                    "feature_set_hash is %s, of no set on the class path: add the jar of that set"
                            .formatted(UnreadableRecordException.shown(hash)));
        }
        JsonFields features = fields.object("features");
        float[] values = new float[set.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = features.floatOrNan(set.features().get(i).name());
        }
        return new FeatureVector(
                fields.text("vector_id"),
                fields.text("symbol"),
                fields.choice("kind", TickKind.class),
                fields.integer("event_time_micros"),
                hash,
                fields.flag("ready"),
                values);
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
