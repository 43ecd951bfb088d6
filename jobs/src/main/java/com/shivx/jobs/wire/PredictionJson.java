package com.shivx.jobs.wire;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.shivx.models.Action;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import com.shivx.models.wire.DeadLetterReason;
import com.shivx.models.wire.Json;
import com.shivx.models.wire.UnreadableRecordException;
import com.shivx.models.wire.Utf8;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The value of the topic {@code predictions} ({@code schemas/prediction.schema.json}). {@code
 * probabilities} is an object by class, in the model's order; empty of a regression, whose value
 * {@code prediction} holds exactly, and of a prediction that failed, whose classes therefore do not
 * travel. Not safe between threads.
 */
public final class PredictionJson {

    private static final byte[] PREDICTION_ID = JsonText.name("prediction_id", true);
    private static final byte[] VECTOR_ID = JsonText.name("vector_id", false);
    private static final byte[] MODEL_ID = JsonText.name("model_id", false);
    private static final byte[] MODEL_VERSION = JsonText.name("model_version", false);
    private static final byte[] GENERATION = JsonText.name("generation", false);
    private static final byte[] ROLE = JsonText.name("role", false);
    private static final byte[] SERVED = JsonText.name("served", false);
    private static final byte[] SYMBOL = JsonText.name("symbol", false);
    private static final byte[] EVENT_TIME_MICROS = JsonText.name("event_time_micros", false);
    private static final byte[] PREDICTION = JsonText.name("prediction", false);
    private static final byte[] CONFIDENCE = JsonText.name("confidence", false);
    private static final byte[] ACTION = JsonText.name("action", false);
    private static final byte[] PROBABILITIES = JsonText.name("probabilities", false);
    private static final byte[] STATUS = JsonText.name("status", false);

    private static final String[] NO_CLASSES = {};

    private final JsonText json = new JsonText(1024);
    private String[] texts = {};
    private @Nullable String versionModelId;
    private @Nullable String versionName;
    private @Nullable Role versionRole;
    private long versionGeneration;
    private byte[] versionBytes = {};
    private byte[] idSuffixBytes = {};

    /** The prediction as UTF-8; NaN is null. */
    public byte[] write(Prediction prediction) {
        json.reset().raw('{');
        takeVersion(prediction);
        writeIds(prediction.vectorId());
        json.raw(versionBytes);
        json.raw(SERVED).bool(prediction.served());
        json.raw(SYMBOL).text(prediction.symbol());
        json.raw(EVENT_TIME_MICROS).number(prediction.eventTimeMicros());
        writeAnswer(prediction);
        return json.raw(STATUS).text(prediction.status().name()).raw('}').toBytes();
    }

    /** The prediction of a record's value; fields added later are ignored. */
    public Prediction read(byte[] value) throws IOException {
        Fields fields = new Fields();
        try (JsonParser json = Json.FACTORY.createParser(value)) {
            json.nextToken();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                fields.read(name, json);
                json.skipChildren();
            }
        }
        return fields.toPrediction();
    }

    /**
     * The prediction of a record of the topic.
     *
     * @throws UnreadableRecordException if there is none in it
     */
    public Prediction readRecord(byte @Nullable [] value) throws UnreadableRecordException {
        if (value != null && value.length > 0) {
            Utf8.requireText(value, 0, value.length);
            try {
                return read(value);
            } catch (IOException | RuntimeException e) {
                throw UnreadablePrediction.because(value, e);
            }
        }
        throw new UnreadableRecordException(
                DeadLetterReason.EMPTY, "there is nothing in it: write one JSON object");
    }

    /** The row that a model answered with: a regression's is its value, which travels as text. */
    static float[] answer(
            PredictionStatus status,
            @Nullable String prediction,
            String[] classes,
            float[] probabilities) {
        boolean isRegression = status == PredictionStatus.OK && classes.length == 0;
        return isRegression && prediction != null
                ? new float[] {Float.parseFloat(prediction)}
                : probabilities;
    }

    /** The prediction's id begins with the vector's, whose bytes are then there already. */
    private void writeIds(String vectorId) {
        json.raw(PREDICTION_ID).raw('"');
        int from = json.length();
        json.inner(vectorId);
        int to = json.length();
        json.raw(idSuffixBytes).raw('"');
        json.raw(VECTOR_ID).raw('"').again(from, to).raw('"');
    }

    /** The same for thousands of predictions in a row, so its bytes are kept. */
    private void takeVersion(Prediction prediction) {
        if (!prediction.modelId().equals(versionModelId)
                || !prediction.modelVersion().equals(versionName)
                || prediction.generation() != versionGeneration
                || prediction.role() != versionRole) {
            versionModelId = prediction.modelId();
            versionName = prediction.modelVersion();
            versionGeneration = prediction.generation();
            versionRole = prediction.role();
            versionBytes =
                    new JsonText(128)
                            .raw(MODEL_ID)
                            .text(versionModelId)
                            .raw(MODEL_VERSION)
                            .text(versionName)
                            .raw(GENERATION)
                            .number(versionGeneration)
                            .raw(ROLE)
                            .text(versionRole.name())
                            .toBytes();
            idSuffixBytes =
                    new JsonText(128)
                            .inner(Prediction.idSuffix(versionModelId, versionName))
                            .toBytes();
        }
    }

    /** The confidence is one of the probabilities, and then its text is there already. */
    private void writeAnswer(Prediction prediction) {
        boolean answered = prediction.status() == PredictionStatus.OK;
        String[] classes = answered ? prediction.classes() : NO_CLASSES;
        float confidence = prediction.confidence();
        String confidenceText = null;
        if (texts.length < classes.length) {
            texts = new String[classes.length];
        }
        for (int i = 0; i < classes.length; i++) {
            float probability = prediction.probabilities()[i];
            texts[i] = JsonText.textOf(probability);
            if (Float.floatToRawIntBits(probability) == Float.floatToRawIntBits(confidence)) {
                confidenceText = texts[i];
            }
        }
        json.raw(PREDICTION).text(prediction.prediction());
        json.raw(CONFIDENCE)
                .ascii(confidenceText == null ? JsonText.textOf(confidence) : confidenceText);
        Action action = prediction.action();
        json.raw(ACTION).text(action == null ? null : action.name());
        json.raw(PROBABILITIES).raw('{');
        for (int i = 0; i < classes.length; i++) {
            if (i > 0) {
                json.raw(',');
            }
            json.text(classes[i]).raw(':').ascii(texts[i]);
        }
        json.raw('}');
    }

    /** The fields of one prediction while it is being read. */
    private static final class Fields {

        private @Nullable String predictionId;
        private @Nullable String vectorId;
        private @Nullable String modelId;
        private @Nullable String modelVersion;
        private long generation;
        private @Nullable Role role;
        private boolean served;
        private @Nullable String symbol;
        private long eventTimeMicros;
        private boolean isTimed;
        private @Nullable String prediction;
        private float confidence = Float.NaN;
        private @Nullable Action action;
        private String[] classes = {};
        private float[] probabilities = {};
        private @Nullable PredictionStatus status;

        void read(String name, JsonParser json) throws IOException {
            switch (name) {
                case "prediction_id" -> predictionId = json.getText();
                case "vector_id" -> vectorId = json.getText();
                case "model_id" -> modelId = json.getText();
                case "model_version" -> modelVersion = json.getText();
                case "generation" -> generation = json.getLongValue();
                case "role" -> role = Role.valueOf(json.getText());
                case "served" -> served = json.getBooleanValue();
                case "symbol" -> symbol = json.getText();
                case "event_time_micros" -> {
                    eventTimeMicros = json.getLongValue();
                    isTimed = true;
                }
                case "prediction" -> prediction = Json.readText(json);
                case "confidence" -> confidence = Json.readFloat(json);
                case "action" -> {
                    String text = Json.readText(json);
                    action = text == null ? null : Action.valueOf(text);
                }
                case "probabilities" -> readProbabilities(json);
                case "status" -> status = PredictionStatus.valueOf(json.getText());
                default -> {}
            }
        }

        private void readProbabilities(JsonParser json) throws IOException {
            int count = 0;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                if (count == classes.length) {
                    classes = Arrays.copyOf(classes, count + 4);
                    probabilities = Arrays.copyOf(probabilities, count + 4);
                }
                classes[count] = json.currentName();
                json.nextToken();
                probabilities[count] = Json.readFloat(json);
                count++;
            }
            classes = Arrays.copyOf(classes, count);
            probabilities = Arrays.copyOf(probabilities, count);
        }

        Prediction toPrediction() throws IOException {
            PredictionStatus known = Json.require(status, "status");
            if (!isTimed) {
                throw new JsonParseException(null, "event_time_micros is missing");
            }
            Prediction read =
                    new Prediction(
                            Json.require(vectorId, "vector_id"),
                            Json.require(modelId, "model_id"),
                            Json.require(modelVersion, "model_version"),
                            generation,
                            Json.require(role, "role"),
                            served,
                            Json.require(symbol, "symbol"),
                            eventTimeMicros,
                            prediction,
                            confidence,
                            action,
                            classes,
                            answer(known, prediction, classes, probabilities),
                            known);
            if (!read.predictionId().equals(Json.require(predictionId, "prediction_id"))) {
                throw new JsonParseException(
                        null,
                        "prediction_id is %s where vector_id, model_id and model_version give %s"
                                .formatted(predictionId, read.predictionId()));
            }
            return read;
        }
    }
}
