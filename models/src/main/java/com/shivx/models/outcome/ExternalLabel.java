package com.shivx.models.outcome;

import com.shivx.features.label.Direction;
import com.shivx.models.Prediction;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What really happened, from whoever knows better than the next tick.
 *
 * @param symbol the symbol
 * @param vectorId the vector it is about; null for every vector of that time
 * @param eventTimeMicros event time of the predictions it is about, microseconds since the epoch
 * @param horizonMicros how long after that, microseconds
 * @param direction where the price went
 * @param logReturn by how much, as a log return; NaN if that is not said
 */
public record ExternalLabel(
        String symbol,
        @Nullable String vectorId,
        long eventTimeMicros,
        long horizonMicros,
        Direction direction,
        double logReturn) {

    /** Whether it is about the same predictions as another, of its symbol and time. */
    boolean isOf(ExternalLabel other) {
        return horizonMicros == other.horizonMicros && Objects.equals(vectorId, other.vectorId);
    }

    /** Whether it says what became of that prediction after that horizon. */
    boolean isAbout(Prediction prediction, long horizon) {
        return horizonMicros == horizon
                && eventTimeMicros == prediction.eventTimeMicros()
                && (vectorId == null || vectorId.equals(prediction.vectorId()));
    }
}
