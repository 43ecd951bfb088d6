package com.shivx.drift.reference;

import java.util.List;
import java.util.Optional;

/**
 * What a model version's inputs and answers looked like on its calibration span: what live windows
 * are compared with. Stored with the version.
 *
 * @param windowMicros length of a live window, and of the chunks that gave the thresholds
 * @param rows how many rows were measured
 * @param mix how they spread over symbols
 * @param columns features, probabilities and the predicted class
 * @param confidence of each chunk, the mean calibrated probability of the class that was predicted;
 *     {@link ChunkSpread#NONE} if it was not measured
 */
public record ReferenceProfile(
        long windowMicros,
        long rows,
        SymbolMix mix,
        List<ColumnProfile> columns,
        ChunkSpread confidence) {

    public ReferenceProfile {
        columns = List.copyOf(columns);
    }

    /** The column of a name. */
    public Optional<ColumnProfile> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }
}
