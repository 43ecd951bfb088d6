package com.shivx.models.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The values of a control topic as JSON, keyed by model. Reading is total: bytes are a record or an
 * {@link UnreadableRecordException}. Such records are few, so a tree is fast enough. Holds no
 * state.
 */
public abstract class ControlJson<T> implements Serializable {

    /** A longer value is not parsed: it would be the first of its kind. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final long serialVersionUID = 1;

    /** The value of a record, as UTF-8. */
    public final byte[] write(T record) {
        ObjectNode into = JsonFields.MAPPER.createObjectNode();
        writeFields(record, into);
        try {
            return JsonFields.MAPPER.writeValueAsBytes(into);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree of texts and numbers prints", e);
        }
    }

    /** The key of a record, as UTF-8. */
    public final byte[] key(T record) {
        return keyText(record).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The record of a value; null is a record without.
     *
     * @throws UnreadableRecordException if there is none in it
     */
    public final T read(byte @Nullable [] value) throws UnreadableRecordException {
        return readFields(JsonFields.parse(value, maxBytes()));
    }

    /** A longer value is not parsed. */
    int maxBytes() {
        return MAX_BYTES;
    }

    abstract String keyText(T record);

    abstract void writeFields(T record, ObjectNode into);

    abstract T readFields(JsonFields from) throws UnreadableRecordException;

    static @Nullable String name(@Nullable Enum<?> constant) {
        return constant == null ? null : constant.name();
    }
}
