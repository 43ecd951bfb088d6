package com.shivx.jobs.wire;

import com.shivx.models.Action;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/**
 * A prediction as Avro, in the log's files: the fields of {@link PredictionJson}, but that a
 * confidence or probability which is NaN stays NaN. {@code probabilities} is a map by class,
 * written in the model's order.
 *
 * <pre>
 * schemas/prediction-v1.avsc   the first fourteen
 * </pre>
 *
 * <p>A later schema adds fields with defaults, with which every earlier file is read.
 */
public final class PredictionAvro implements AvroCodec<Prediction> {

    /** The schema that is written. */
    public static final Schema SCHEMA = AvroSchemas.load("prediction-v1.avsc");

    private static final String[] NO_CLASSES = {};

    /** More classes than any model has: a count beyond it is damage, not data. */
    private static final int MAX_CLASSES = 1 << 16;

    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
    private @Nullable BinaryEncoder encoder;

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public byte[] write(Prediction prediction) {
        buffer.reset();
        encoder = EncoderFactory.get().binaryEncoder(buffer, encoder);
        try {
            writePredicted(prediction, encoder);
            writeAnswer(prediction, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer.toByteArray();
    }

    /** What was predicted of: the first nine. */
    static void writePredicted(Prediction prediction, BinaryEncoder out) throws IOException {
        out.writeString(prediction.predictionId());
        out.writeString(prediction.vectorId());
        out.writeString(prediction.modelId());
        out.writeString(prediction.modelVersion());
        out.writeLong(prediction.generation());
        out.writeEnum(prediction.role().ordinal());
        out.writeBoolean(prediction.served());
        out.writeString(prediction.symbol());
        out.writeLong(prediction.eventTimeMicros());
    }

    /** What was answered: the last five. */
    static void writeAnswer(Prediction prediction, BinaryEncoder out) throws IOException {
        String text = prediction.prediction();
        out.writeIndex(text == null ? 0 : 1);
        if (text != null) {
            out.writeString(text);
        }
        writeFloat(out, prediction.confidence());
        Action action = prediction.action();
        out.writeIndex(action == null ? 0 : 1);
        if (action != null) {
            out.writeEnum(action.ordinal());
        }
        writeProbabilities(out, prediction);
        out.writeEnum(prediction.status().ordinal());
    }

    private static void writeProbabilities(BinaryEncoder out, Prediction prediction)
            throws IOException {
        String[] classes =
                prediction.status() == PredictionStatus.OK ? prediction.classes() : NO_CLASSES;
        out.writeMapStart();
        out.setItemCount(classes.length);
        for (int i = 0; i < classes.length; i++) {
            out.startItem();
            out.writeString(classes[i]);
            writeFloat(out, prediction.probabilities()[i]);
        }
        out.writeMapEnd();
    }

    /** The bits of a computed NaN are the processor's choice; equal values have equal bytes. */
    private static void writeFloat(BinaryEncoder out, float value) throws IOException {
        out.writeFloat(Float.isNaN(value) ? Float.NaN : value);
    }

    @Override
    public Prediction read(ResolvingDecoder in) throws IOException {
        Fields fields = new Fields();
        for (Schema.Field field : in.readFieldOrder()) {
            fields.read(field.name(), in);
        }
        in.drain();
        return fields.toPrediction();
    }

    /** The fields of one prediction while it is being read. */
    static final class Fields {

        private String vectorId = "";
        private String modelId = "";
        private String modelVersion = "";
        private long generation;
        private Role role = Role.CHAMPION;
        private boolean served;
        private String symbol = "";
        private long eventTimeMicros;
        private @Nullable String prediction;
        private float confidence = Float.NaN;
        private @Nullable Action action;
        private String[] classes = NO_CLASSES;
        private float[] probabilities = {};
        private PredictionStatus status = PredictionStatus.OK;

        void read(String name, ResolvingDecoder in) throws IOException {
            switch (name) {
                // A function of three others.
                case "prediction_id" -> in.skipString();
                case "vector_id" -> vectorId = in.readString();
                case "model_id" -> modelId = in.readString();
                case "model_version" -> modelVersion = in.readString();
                case "generation" -> generation = in.readLong();
                case "role" -> role = Role.values()[in.readEnum()];
                case "served" -> served = in.readBoolean();
                case "symbol" -> symbol = in.readString();
                case "event_time_micros" -> eventTimeMicros = in.readLong();
                case "prediction" -> prediction = isThere(in) ? in.readString() : null;
                case "confidence" -> confidence = in.readFloat();
                case "action" -> action = isThere(in) ? Action.values()[in.readEnum()] : null;
                case "probabilities" -> readProbabilities(in);
                case "status" -> status = PredictionStatus.values()[in.readEnum()];
                default -> throw new AvroTypeException("no field " + name);
            }
        }

        static boolean isThere(ResolvingDecoder in) throws IOException {
            if (in.readIndex() == 0) {
                in.readNull();
                return false;
            }
            return true;
        }

        private void readProbabilities(ResolvingDecoder in) throws IOException {
            int count = 0;
            for (long items = in.readMapStart(); items != 0; items = in.mapNext()) {
                if (items < 0 || count + items > MAX_CLASSES) {
                    throw new EOFException(items + " classes announced");
                }
                classes = Arrays.copyOf(classes, Math.toIntExact(count + items));
                probabilities = Arrays.copyOf(probabilities, classes.length);
                for (; count < classes.length; count++) {
                    classes[count] = in.readString();
                    probabilities[count] = in.readFloat();
                }
            }
        }

        Prediction toPrediction() {
            return new Prediction(
                    vectorId,
                    modelId,
                    modelVersion,
                    generation,
                    role,
                    served,
                    symbol,
                    eventTimeMicros,
                    prediction,
                    confidence,
                    action,
                    classes,
                    PredictionJson.answer(status, prediction, classes, probabilities),
                    status);
        }
    }
}
