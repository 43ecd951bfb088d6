package com.shivx.jobs.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.shivx.features.label.Direction;
import com.shivx.features.label.Threshold;
import com.shivx.models.Action;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import com.shivx.models.outcome.Outcome;
import com.shivx.models.outcome.OutcomeSource;
import com.shivx.models.outcome.OutcomeStatus;
import com.shivx.models.wire.ControlJson;
import com.shivx.models.wire.Json;
import com.shivx.models.wire.JsonFields;
import com.shivx.models.wire.UnreadableRecordException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The value of the topic {@code outcomes} ({@code schemas/outcome.schema.json}): the prediction's
 * fields and what happened, in one object. {@code status} is the outcome's; the prediction's is
 * {@code prediction_status}. Not safe between threads.
 */
public final class OutcomeJson {

    private static final SerializableString PREDICTION_ID = Json.name("prediction_id");
    private static final SerializableString VECTOR_ID = Json.name("vector_id");
    private static final SerializableString MODEL_ID = Json.name("model_id");
    private static final SerializableString MODEL_VERSION = Json.name("model_version");
    private static final SerializableString GENERATION = Json.name("generation");
    private static final SerializableString ROLE = Json.name("role");
    private static final SerializableString SERVED = Json.name("served");
    private static final SerializableString SYMBOL = Json.name("symbol");
    private static final SerializableString EVENT_TIME = Json.name("event_time_micros");
    private static final SerializableString HORIZON = Json.name("horizon_millis");
    private static final SerializableString STATUS = Json.name("status");
    private static final SerializableString REVISION = Json.name("revision");
    private static final SerializableString SOURCE = Json.name("source");
    private static final SerializableString OUTCOME = Json.name("outcome");
    private static final SerializableString CORRECT = Json.name("correct");
    private static final SerializableString LOG_RETURN = Json.name("log_return");
    private static final SerializableString THRESHOLD = Json.name("threshold");
    private static final SerializableString THRESHOLD_KIND = Json.name("threshold_kind");
    private static final SerializableString TAKER_FEE_BPS = Json.name("taker_fee_bps");
    private static final SerializableString ENTRY_PRICE = Json.name("entry_price");
    private static final SerializableString EXIT_PRICE = Json.name("exit_price");
    private static final SerializableString PNL_BPS = Json.name("pnl_bps");
    private static final SerializableString BUY_BPS = Json.name("buy_bps");
    private static final SerializableString SELL_BPS = Json.name("sell_bps");
    private static final SerializableString INSTANT = Json.name("instant");
    private static final SerializableString DECIDED = Json.name("decided_micros");
    private static final SerializableString PREDICTION = Json.name("prediction");
    private static final SerializableString CONFIDENCE = Json.name("confidence");
    private static final SerializableString ACTION = Json.name("action");
    private static final SerializableString PROBABILITIES = Json.name("probabilities");
    private static final SerializableString PREDICTION_STATUS = Json.name("prediction_status");

    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(1024);

    /** The outcome as UTF-8; NaN is null. */
    public byte[] write(Outcome outcome) {
        return Json.object(
                buffer,
                json -> {
                    writePredicted(json, outcome);
                    writeHappened(json, outcome);
                    writeAnswer(json, outcome.prediction());
                });
    }

    private static void writePredicted(JsonGenerator json, Outcome outcome) throws IOException {
        Prediction prediction = outcome.prediction();
        Json.writeText(json, PREDICTION_ID, prediction.predictionId());
        Json.writeText(json, VECTOR_ID, prediction.vectorId());
        Json.writeText(json, MODEL_ID, prediction.modelId());
        Json.writeText(json, MODEL_VERSION, prediction.modelVersion());
        Json.writeLong(json, GENERATION, prediction.generation());
        Json.writeEnum(json, ROLE, prediction.role());
        json.writeFieldName(SERVED);
        json.writeBoolean(prediction.served());
        Json.writeText(json, SYMBOL, prediction.symbol());
        Json.writeLong(json, EVENT_TIME, prediction.eventTimeMicros());
    }

    private static void writeHappened(JsonGenerator json, Outcome outcome) throws IOException {
        Json.writeLong(json, HORIZON, TimeUnit.MICROSECONDS.toMillis(outcome.horizonMicros()));
        Json.writeEnum(json, STATUS, outcome.status());
        Json.writeLong(json, REVISION, outcome.revision());
        Json.writeEnum(json, SOURCE, outcome.source());
        Json.writeEnum(json, OUTCOME, outcome.direction());
        writeCorrect(json, outcome.correct());
        Json.writeDouble(json, LOG_RETURN, outcome.logReturn());
        Json.writeDouble(json, THRESHOLD, outcome.threshold());
        Json.writeEnum(json, THRESHOLD_KIND, outcome.thresholdKind());
        Json.writeDouble(json, TAKER_FEE_BPS, outcome.takerFeeBps());
        Json.writeDouble(json, ENTRY_PRICE, outcome.entryPrice());
        Json.writeDouble(json, EXIT_PRICE, outcome.exitPrice());
        Json.writeDouble(json, PNL_BPS, outcome.pnlBps());
        Json.writeDouble(json, BUY_BPS, outcome.buyBps());
        Json.writeDouble(json, SELL_BPS, outcome.sellBps());
        json.writeFieldName(INSTANT);
        json.writeBoolean(outcome.instant());
        Json.writeLong(json, DECIDED, outcome.decidedMicros());
    }

    private static void writeCorrect(JsonGenerator json, @Nullable Boolean correct)
            throws IOException {
        json.writeFieldName(CORRECT);
        if (correct == null) {
            json.writeNull();
        } else {
            json.writeBoolean(correct);
        }
    }

    private static void writeAnswer(JsonGenerator json, Prediction prediction) throws IOException {
        Json.writeText(json, PREDICTION, prediction.prediction());
        Json.writeFloat(json, CONFIDENCE, prediction.confidence());
        Json.writeEnum(json, ACTION, prediction.action());
        json.writeFieldName(PROBABILITIES);
        json.writeStartObject();
        if (prediction.status() == PredictionStatus.OK) {
            for (int i = 0; i < prediction.classes().length; i++) {
                Json.writeFloat(
                        json, Json.name(prediction.classes()[i]), prediction.probabilities()[i]);
            }
        }
        json.writeEndObject();
        Json.writeEnum(json, PREDICTION_STATUS, prediction.status());
    }

    /**
     * The outcome of a record of the topic; fields added later are ignored.
     *
     * @throws UnreadableRecordException if there is none in it
     */
    public Outcome readRecord(byte @Nullable [] value) throws UnreadableRecordException {
        JsonFields from = JsonFields.parse(value, ControlJson.MAX_BYTES);
        return new Outcome(
                prediction(from),
                TimeUnit.MILLISECONDS.toMicros(from.integer("horizon_millis")),
                from.choice("status", OutcomeStatus.class),
                from.count("revision"),
                from.choice("source", OutcomeSource.class),
                from.choiceOrNull("outcome", Direction.class),
                from.numberOrNan("log_return"),
                from.numberOrNan("threshold"),
                from.choice("threshold_kind", Threshold.class),
                from.number("taker_fee_bps"),
                from.numberOrNan("entry_price"),
                from.numberOrNan("exit_price"),
                from.numberOrNan("pnl_bps"),
                from.numberOrNan("buy_bps"),
                from.numberOrNan("sell_bps"),
                from.flag("instant"),
                from.integer("decided_micros"));
    }

    private static Prediction prediction(JsonFields from) throws UnreadableRecordException {
        JsonFields probabilities = from.object("probabilities");
        String[] classes = probabilities.names();
        float[] values = new float[classes.length];
        for (int i = 0; i < classes.length; i++) {
            values[i] = probabilities.floatOrNan(classes[i]);
        }
        PredictionStatus status = from.choice("prediction_status", PredictionStatus.class);
        String answer = from.textOrNull("prediction");
        return new Prediction(
                from.text("vector_id"),
                from.text("model_id"),
                from.text("model_version"),
                from.integer("generation"),
                from.choice("role", Role.class),
                from.flag("served"),
                from.text("symbol"),
                from.integer("event_time_micros"),
                answer,
                from.floatOrNan("confidence"),
                from.choiceOrNull("action", Action.class),
                classes,
                PredictionJson.answer(status, answer, classes, values),
                status);
    }
}
