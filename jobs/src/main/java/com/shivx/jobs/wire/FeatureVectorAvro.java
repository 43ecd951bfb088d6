package com.shivx.jobs.wire;

import com.shivx.features.FeatureVector;
import com.shivx.features.tick.TickKind;
import com.shivx.models.wire.DeadLetterReason;
import com.shivx.models.wire.UnreadableRecordException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/**
 * The value of the topic {@code features}: one datum of raw Avro, whose schema the header {@link
 * #FINGERPRINT_HEADER} names. NaN stays NaN.
 *
 * <pre>
 * schemas/feature-vector-v1.avsc   vector_id, symbol, kind, event_time_micros, feature_set_hash, ready, features
 * </pre>
 *
 * <p>A version is added to {@link #VERSIONS} and never changed; its new fields have defaults, with
 * which data of every earlier version is read. An instance reuses its buffers and is not safe
 * between threads.
 */
public final class FeatureVectorAvro implements AvroCodec<FeatureVector> {

    /** Name of the header. */
    public static final String FINGERPRINT_HEADER = "avro.fingerprint";

    private static final List<String> VERSIONS = List.of("feature-vector-v1.avsc");

    private static final List<Schema> SCHEMAS = VERSIONS.stream().map(AvroSchemas::load).toList();

    /** The schema that is written. */
    public static final Schema SCHEMA = SCHEMAS.get(SCHEMAS.size() - 1);

    /** The header's value with {@link #SCHEMA}. */
    public static final String FINGERPRINT = fingerprint(SCHEMA);

    /** More features than any set has: a count beyond it is damage, not data. */
    private static final int MAX_FEATURES = 1 << 16;

    private final Map<String, ResolvingDecoder> decoders = new LinkedHashMap<>();
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
    private @Nullable BinaryEncoder encoder;
    private @Nullable BinaryDecoder decoder;

    /** Reads every version there is. */
    public FeatureVectorAvro() {
        this(SCHEMAS, SCHEMA);
    }

    /** Reads data of these writers as that reader would have it. */
    FeatureVectorAvro(List<Schema> writers, Schema reader) {
        for (Schema writer : writers) {
            decoders.put(fingerprint(writer), resolving(writer, reader));
        }
    }

    /**
     * CRC-64-AVRO of the schema's canonical form: its eight bytes in the order of Avro's
     * single-object encoding, in lower-case hexadecimal, as fastavro prints it.
     */
    public static String fingerprint(Schema schema) {
        try {
            return HexFormat.of()
                    .formatHex(SchemaNormalization.parsingFingerprint("CRC-64-AVRO", schema));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Avro has CRC-64-AVRO", e);
        }
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    /** The vector by {@link #SCHEMA}. */
    @Override
    public byte[] write(FeatureVector vector) {
        buffer.reset();
        encoder = EncoderFactory.get().binaryEncoder(buffer, encoder);
        try {
            encoder.writeString(vector.vectorId());
            encoder.writeString(vector.symbol());
            encoder.writeEnum(vector.kind().ordinal());
            encoder.writeLong(vector.eventTimeMicros());
            encoder.writeString(vector.featureSetHash());
            encoder.writeBoolean(vector.ready());
            writeFeatures(encoder, vector.values());
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer.toByteArray();
    }

    /**
     * The vector of a record's value.
     *
     * @param fingerprint the record's header, or null where it has none
     */
    public FeatureVector read(@Nullable String fingerprint, byte[] value) throws IOException {
        ResolvingDecoder resolving = decoders.get(fingerprint);
        if (resolving == null) {
            throw new IOException(
                    "No feature vector of a known schema: header "
                            + FINGERPRINT_HEADER
                            + " is "
                            + fingerprint
                            + ", known are "
                            + decoders.keySet()
                            + ". Read it with the version that wrote it, or a later one.");
        }
        decoder = DecoderFactory.get().binaryDecoder(value, decoder);
        resolving.configure(decoder);
        return read(resolving, value.length);
    }

    /**
     * The vector of a record of the topic.
     *
     * @param fingerprint the record's header, or null where it has none
     * @throws UnreadableRecordException if there is none in it
     */
    public FeatureVector readRecord(@Nullable String fingerprint, byte @Nullable [] value)
            throws UnreadableRecordException {
        if (value == null || value.length == 0) {
            throw new UnreadableRecordException(
                    DeadLetterReason.EMPTY, "there is nothing in it: write one feature vector");
        }
        try {
            return read(fingerprint, value);
        } catch (IOException | RuntimeException e) {
            // Avro says by whatever comes first that bytes are not what their schema says.
            throw new UnreadableRecordException(
                    DeadLetterReason.WRONG_TYPE,
                    "no feature vector in Avro, %s: write it by the schema that %s names"
                            .formatted(
                                    UnreadableRecordException.shown(String.valueOf(e.getMessage())),
                                    FINGERPRINT_HEADER));
        }
    }

    @Override
    public FeatureVector read(ResolvingDecoder in) throws IOException {
        return read(in, MAX_FEATURES * Float.BYTES);
    }

    private static FeatureVector read(ResolvingDecoder in, int bytes) throws IOException {
        String vectorId = "";
        String symbol = "";
        TickKind kind = TickKind.TRADE;
        long eventTimeMicros = 0;
        String featureSetHash = "";
        boolean ready = false;
        float[] features = {};
        for (Schema.Field field : in.readFieldOrder()) {
            switch (field.name()) {
                case "vector_id" -> vectorId = in.readString();
                case "symbol" -> symbol = in.readString();
                case "kind" -> kind = TickKind.values()[in.readEnum()];
                case "event_time_micros" -> eventTimeMicros = in.readLong();
                case "feature_set_hash" -> featureSetHash = in.readString();
                case "ready" -> ready = in.readBoolean();
                case "features" -> features = readFeatures(in, bytes);
                default -> throw new AvroTypeException("no field " + field.name());
            }
        }
        in.drain();
        return new FeatureVector(
                vectorId, symbol, kind, eventTimeMicros, featureSetHash, ready, features);
    }

    private static void writeFeatures(BinaryEncoder out, float[] values) throws IOException {
        out.writeArrayStart();
        out.setItemCount(values.length);
        for (float value : values) {
            out.startItem();
            // The bits of a computed NaN are the processor's choice; equal vectors have equal
            // bytes.
            out.writeFloat(Float.isNaN(value) ? Float.NaN : value);
        }
        out.writeArrayEnd();
    }

    private static float[] readFeatures(ResolvingDecoder in, int bytes) throws IOException {
        float[] values = {};
        int count = 0;
        for (long items = in.readArrayStart(); items != 0; items = in.arrayNext()) {
            if (items < 0 || count + items > bytes / Float.BYTES) {
                throw new EOFException(items + " features announced in " + bytes + " bytes");
            }
            values = Arrays.copyOf(values, Math.toIntExact(count + items));
            for (; count < values.length; count++) {
                values[count] = in.readFloat();
            }
        }
        return values;
    }

    private static ResolvingDecoder resolving(Schema writer, Schema reader) {
        try {
            return DecoderFactory.get().resolvingDecoder(writer, reader, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
