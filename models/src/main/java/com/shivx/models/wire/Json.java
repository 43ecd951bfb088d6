package com.shivx.models.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** How the codecs of this package read and write JSON. */
public final class Json {

    /**
     * Fast float reading agrees with {@link Double#parseDouble} to the bit; fast writing gives the
     * shortest text that reads back as the same number, on every JDK (Double.toString changed with
     * 19). Both are held to that in tests.
     */
    public static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build();

    private Json() {}

    /** Writes the fields of one object. */
    public interface Fields {
        void writeTo(JsonGenerator json) throws IOException;
    }

    /** One object as UTF-8; the buffer is overwritten and may be reused. */
    public static byte[] object(ByteArrayOutputStream buffer, Fields fields) {
        buffer.reset();
        try (JsonGenerator json = FACTORY.createGenerator(buffer)) {
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer.toByteArray();
    }

    /** A name that is encoded once and for all. */
    public static SerializableString name(String name) {
        SerializedString encoded = new SerializedString(name);
        encoded.asQuotedUTF8();
        return encoded;
    }

    /** A text by name, or null. */
    public static void writeText(
            JsonGenerator json, SerializableString name, @Nullable String value)
            throws IOException {
        json.writeFieldName(name);
        json.writeString(value);
    }

    /** The name of a constant by name, or null. */
    public static void writeEnum(
            JsonGenerator json, SerializableString name, @Nullable Enum<?> value)
            throws IOException {
        writeText(json, name, value == null ? null : value.name());
    }

    /** An integer by name. */
    public static void writeLong(JsonGenerator json, SerializableString name, long value)
            throws IOException {
        json.writeFieldName(name);
        json.writeNumber(value);
    }

    /** A float by name; NaN, which JSON has no number for, is null. */
    public static void writeFloat(JsonGenerator json, SerializableString name, float value)
            throws IOException {
        json.writeFieldName(name);
        if (Float.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeNull();
        }
    }

    /** A double by name; NaN, which JSON has no number for, is null. */
    public static void writeDouble(JsonGenerator json, SerializableString name, double value)
            throws IOException {
        json.writeFieldName(name);
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeNull();
        }
    }

    /** A float that {@link #writeFloat} wrote. */
    public static float readFloat(JsonParser json) throws IOException {
        return json.currentToken() == JsonToken.VALUE_NULL ? Float.NaN : json.getFloatValue();
    }

    /** A text, or null where null was written. */
    public static @Nullable String readText(JsonParser json) throws IOException {
        return json.currentToken() == JsonToken.VALUE_NULL ? null : json.getText();
    }

    /** A value that must have been there. */
    public static <T> T require(@Nullable T value, String name) throws IOException {
        if (value == null) {
            throw new JsonParseException(null, name + " is missing");
        }
        return value;
    }
}
