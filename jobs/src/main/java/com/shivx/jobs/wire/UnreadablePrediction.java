package com.shivx.jobs.wire;

import com.shivx.models.Action;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import com.shivx.models.wire.DeadLetterReason;
import com.shivx.models.wire.JsonFields;
import com.shivx.models.wire.UnreadableRecordException;

/**
 * Why a value is no prediction. The codec reads by the hundred thousand a second and says only that
 * something is wrong; what it is, is looked for once more in a tree.
 */
final class UnreadablePrediction {

    private UnreadablePrediction() {}

    /** The first field that is not what it should be; what the codec met, where all are. */
    static UnreadableRecordException because(byte[] value, Exception met) {
        try {
            JsonFields fields = JsonFields.parse(value, Integer.MAX_VALUE);
            for (String name : new String[] {"prediction_id", "vector_id", "model_id"}) {
                fields.text(name);
            }
            fields.text("model_version");
            fields.integerOrNull("generation");
            fields.choice("role", Role.class);
            fields.flag("served");
            fields.text("symbol");
            fields.integer("event_time_micros");
            fields.textOrNull("prediction");
            fields.floatOrNan("confidence");
            fields.choiceOrNull("action", Action.class);
            fields.objectOrNull("probabilities");
            fields.choice("status", PredictionStatus.class);
        } catch (UnreadableRecordException e) {
            return e;
        }
        return new UnreadableRecordException(
                DeadLetterReason.WRONG_TYPE,
                "no prediction, %s: write it as schemas/prediction.schema.json says"
                        .formatted(
                                UnreadableRecordException.shown(String.valueOf(met.getMessage()))));
    }
}
