package com.shivx.jobs.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.shivx.features.tick.TextCache;
import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickKind;
import com.shivx.models.wire.DeadLetterReason;
import com.shivx.models.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A tick as JSON: the value of the topic {@code ticks} and a line of our JSON files ({@code
 * schemas/tick.schema.json}).
 *
 * <ul>
 *   <li>Fields that a tick does not have are ignored, whatever they hold. A field of a tick given
 *       twice is NOT_JSON: which of the two was meant is anybody's guess.
 *   <li>INTEGER fields are JSON integers of 64 bits: 1.0, 1e3, "1" and anything beyond are
 *       WRONG_TYPE.
 *   <li>NUMBER fields are JSON numbers, or the strings "NaN", "Infinity", "-Infinity" (proto3's
 *       rule); 1e999 is infinite. They round-trip to the bit. Missing sizes of a quote are null.
 *   <li>What is no JSON is NOT_JSON even where a field before the fault is wrong as well; of
 *       several wrong fields the first counts.
 * </ul>
 *
 * <p>An instance reuses its buffers and is not safe between threads.
 */
public final class TickJson {

    /** The longest tick by default, and what a dead letter keeps of a longer one. */
    public static final int MAX_BYTES = 64 * 1024;

    /** By ordinal of the field. */
    private static final SerializableString[] NAMES =
            Stream.of(TickField.values())
                    .map(field -> Json.name(field.wireName()))
                    .toArray(SerializableString[]::new);

    private final int maxBytes;
    private final TickFields fields = new TickFields();
    private final TextCache texts = new TextCache();
    private final PlainTickJson plain = new PlainTickJson(texts);
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);

    /** Reads ticks of up to {@link #MAX_BYTES}. */
    public TickJson() {
        this(MAX_BYTES);
    }

    /**
     * Reads ticks of up to so many bytes.
     *
     * @param maxBytes a longer value is TOO_LARGE
     */
    public TickJson(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The tick as UTF-8. */
    public byte[] write(Tick tick) {
        return Json.object(buffer, json -> writeFields(json, tick));
    }

    /**
     * The tick of a Kafka record's value.
     *
     * @param value the value, or null for a record without
     * @param receivedMicros time of reception where the tick does not say, or {@link
     *     TickFields#AT_EVENT_TIME}
     * @param row place of the tick where it has neither sequence nor row
     */
    public Tick read(byte @Nullable [] value, long receivedMicros, long row)
            throws UnreadableTickException {
        if (value == null) {
            throw empty();
        }
        readInto(fields, value, 0, value.length);
        return fields.toTick(receivedMicros, row);
    }

    /** Reads the fields that are there, without asking for more. */
    public void readInto(TickFields into, byte[] bytes, int offset, int length)
            throws UnreadableTickException {
        into.clear();
        if (length > maxBytes) {
            throw new UnreadableTickException(
                    DeadLetterReason.TOO_LARGE,
                    length
                            + " bytes, where a tick has at most "
                            + maxBytes
                            + ": send it by itself");
        }
        if (plain.read(into, bytes, offset, length)) {
            return;
        }
        into.clear();
        UnreadableTickException.requireText(bytes, offset, length);
        try (JsonParser json = Json.FACTORY.createParser(bytes, offset, length)) {
            readObject(into, json);
        } catch (StreamConstraintsException e) {
            throw new UnreadableTickException(DeadLetterReason.TOO_LARGE, e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw notJson(e.getOriginalMessage());
        } catch (IOException e) {
            // An array cannot fail to be read.
            throw new UncheckedIOException(e);
        }
    }

    private void readObject(TickFields into, JsonParser json)
            throws IOException, UnreadableTickException {
        JsonToken first = json.nextToken();
        if (first == null) {
            throw empty();
        }
        UnreadableTickException problem = null;
        if (first == JsonToken.START_OBJECT) {
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                try {
                    readField(into, TickField.byWireName(name), json);
                } catch (UnreadableTickException e) {
                    problem = problem == null ? e : problem;
                }
                json.skipChildren();
            }
        } else {
            problem =
                    new UnreadableTickException(
                            DeadLetterReason.WRONG_TYPE,
                            "the value is JSON but no object: write one object a tick");
            json.skipChildren();
        }
        if (json.nextToken() != null) {
            throw notJson("something follows the object");
        }
        if (problem != null) {
            throw problem;
        }
    }

    private void readField(TickFields into, @Nullable TickField field, JsonParser json)
            throws IOException, UnreadableTickException {
        if (field == null || json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (into.has(field)) {
            throw notJson(field.wireName() + " is given twice");
        }
        switch (field.type()) {
            case TEXT -> into.setText(field, text(field, json));
            case INTEGER -> into.setInteger(field, integer(field, json));
            case NUMBER -> into.setNumber(field, number(field, json));
        }
    }

    private String text(TickField field, JsonParser json)
            throws IOException, UnreadableTickException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw wrongType(field, json);
        }
        return texts.get(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
    }

    private static long integer(TickField field, JsonParser json)
            throws IOException, UnreadableTickException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw wrongType(field, json);
        }
        try {
            return json.getLongValue();
        } catch (InputCoercionException e) {
            throw wrongType(field, json);
        }
    }

    private static double number(TickField field, JsonParser json)
            throws IOException, UnreadableTickException {
        JsonToken token = json.currentToken();
        if (token.isNumeric()) {
            return json.getDoubleValue();
        }
        if (token != JsonToken.VALUE_STRING) {
            throw wrongType(field, json);
        }
        return switch (json.getText()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw wrongType(field, json);
        };
    }

    private static UnreadableTickException wrongType(TickField field, JsonParser json)
            throws IOException {
        return UnreadableTickException.wrongType(
                field,
                switch (json.currentToken()) {
                    case START_OBJECT -> "an object";
                    case START_ARRAY -> "an array";
                    case VALUE_STRING -> '"' + json.getText() + '"';
                    default -> json.getText();
                });
    }

    private static UnreadableTickException empty() {
        return new UnreadableTickException(
                DeadLetterReason.EMPTY, "there is nothing in it: write one JSON object a tick");
    }

    private static UnreadableTickException notJson(String detail) {
        return new UnreadableTickException(
                DeadLetterReason.NOT_JSON,
                "not JSON, " + detail + ": write one JSON object a tick");
    }

    /** The tick's fields into an object that may hold others besides. */
    static void writeFields(JsonGenerator json, Tick tick) throws IOException {
        Json.writeText(json, name(TickField.SYMBOL), tick.symbol());
        Json.writeEnum(json, name(TickField.KIND), tick.kind());
        Json.writeLong(json, name(TickField.EVENT_TIME_MICROS), tick.eventTimeMicros());
        Json.writeLong(json, name(TickField.RECEIVED_MICROS), tick.receivedMicros());
        if (tick.hasSequence()) {
            Json.writeLong(json, name(TickField.SEQUENCE), tick.sequence());
        } else if (tick.row() != Tick.NO_ROW) {
            Json.writeLong(json, name(TickField.ROW), tick.row());
        }
        if (tick.kind() == TickKind.TRADE) {
            writeNumber(json, TickField.PRICE, tick.price());
            writeNumber(json, TickField.SIZE, tick.size());
            Json.writeEnum(json, name(TickField.AGGRESSOR), tick.aggressor());
        } else {
            writeNumber(json, TickField.BID_PRICE, tick.bidPrice());
            writeNumberOrNull(json, TickField.BID_SIZE, tick.bidSize());
            writeNumber(json, TickField.ASK_PRICE, tick.askPrice());
            writeNumberOrNull(json, TickField.ASK_SIZE, tick.askSize());
        }
    }

    private static void writeNumberOrNull(JsonGenerator json, TickField field, double value)
            throws IOException {
        if (Double.isNaN(value)) {
            json.writeFieldName(name(field));
            json.writeNull();
        } else {
            writeNumber(json, field, value);
        }
    }

    private static void writeNumber(JsonGenerator json, TickField field, double value)
            throws IOException {
        json.writeFieldName(name(field));
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeString(Double.toString(value));
        }
    }

    private static SerializableString name(TickField field) {
        return NAMES[field.ordinal()];
    }
}
