package com.shivx.models.outcome;

import com.shivx.features.label.Mark;
import com.shivx.models.Prediction;
import org.jspecify.annotations.Nullable;

/**
 * A prediction that waits for what happens, one of each horizon. Lives in state.
 *
 * @param prediction what was predicted
 * @param horizonMicros microseconds
 * @param instant as {@link Outcome#instant}
 * @param entry the market at its tick; null until that tick has come
 */
public record Expected(
        Prediction prediction, long horizonMicros, boolean instant, @Nullable Mark entry) {

    /** Event time of the horizon's end, microseconds since the epoch. */
    public long dueMicros() {
        return prediction.eventTimeMicros() + horizonMicros;
    }

    Expected enteredAt(Mark mark) {
        return new Expected(prediction, horizonMicros, instant, mark);
    }

    boolean isMeantBy(ExternalLabel label) {
        return label.isAbout(prediction, horizonMicros);
    }

    /** What is kept by version and horizon is kept under this. */
    static String versionKey(Prediction prediction, long horizonMicros) {
        return prediction.modelId() + "@" + prediction.modelVersion() + "~" + horizonMicros;
    }
}
