package com.shivx.jobs.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.shivx.models.Action;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import java.io.ByteArrayOutputStream;
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

    private static final SerializableString PREDICTION_ID = Json.name("prediction_id");
    private static final SerializableString VECTOR_ID = Json.name("vector_id");
    private static final SerializableString MODEL_ID = Json.name("model_id");
    private static final SerializableString MODEL_VERSION = Json.name("model_version");
    private static final SerializableString GENERATION = Json.name("generation");
    private static final SerializableString ROLE = Json.name("role");
    private static final SerializableString SERVED = Json.name("served");
    private static final SerializableString SYMBOL = Json.name("symbol");
    private static final SerializableString EVENT_TIME_MICROS = Json.name("event_time_micros");
    private static final SerializableString PREDICTION = Json.name("prediction");
    private static final SerializableString CONFIDENCE = Json.name("confidence");
    private static final SerializableString ACTION = Json.name("action");
    private static final SerializableString PROBABILITIES = Json.name("probabilities");
    private static final SerializableString STATUS = Json.name("status");

    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(1024);

    /** The prediction as UTF-8; NaN is null. */
    public byte[] write(Prediction prediction) {
        return Json.object(buffer, json -> writeFields(json, prediction));
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

    private static void writeFields(JsonGenerator json, Prediction prediction) throws IOException {
        Json.writeText(json, PREDICTION_ID, prediction.predictionId());
        Json.writeText(json, VECTOR_ID, prediction.vectorId());
        Json.writeText(json, MODEL_ID, prediction.modelId());
        Json.writeText(json, MODEL_VERSION, prediction.modelVersion());
        Json.writeLong(json, GENERATION, prediction.generation());
        Json.writeEnum(json, ROLE, prediction.role());
        json.writeFieldName(SERVED);
        json.writeBoolean(prediction.served());
        Json.writeText(json, SYMBOL, prediction.symbol());
        Json.writeLong(json, EVENT_TIME_MICROS, prediction.eventTimeMicros());
        Json.writeText(json, PREDICTION, prediction.prediction());
        Json.writeFloat(json, CONFIDENCE, prediction.confidence());
        Json.writeEnum(json, ACTION, prediction.action());
        json.writeFieldName(PROBABILITIES);
        json.writeStartObject();
        if (prediction.status() == PredictionStatus.OK) {
            String[] classes = prediction.classes();
            for (int i = 0; i < classes.length; i++) {
                Json.writeFloat(
                        json, new SerializedString(classes[i]), prediction.probabilities()[i]);
            }
        }
        json.writeEndObject();
        Json.writeEnum(json, STATUS, prediction.status());
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
                case "event_time_micros" -> eventTimeMicros = json.getLongValue();
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
            String text = prediction;
            if (known == PredictionStatus.OK && classes.length == 0 && text != null) {
                probabilities = new float[] {Float.parseFloat(text)};
            }
            return new Prediction(
                    Json.require(predictionId, "prediction_id"),
                    Json.require(vectorId, "vector_id"),
                    Json.require(modelId, "model_id"),
                    Json.require(modelVersion, "model_version"),
                    generation,
                    Json.require(role, "role"),
                    served,
                    Json.require(symbol, "symbol"),
                    eventTimeMicros,
                    text,
                    confidence,
                    action,
                    classes,
                    probabilities,
                    known);
        }
    }
}
