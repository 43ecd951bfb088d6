package com.shivx.models.registry;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a version was made of, so that it can be made again and its age be told.
 *
 * @param dataFromMicros event time of the first training row, microseconds since 1970
 * @param dataToMicros event time of the last; not before the first
 * @param dataRows how many there were
 * @param dataSha256 checksum of the training data; null where it was not taken
 * @param featureSet name of the feature set; null for a model of anything else
 * @param featureSetHash its hash; null with it
 * @param codeVersion release or commit of the code that trained it
 * @param trainer what trained it, such as {@code lightgbm}
 * @param parameters what it was told, by name
 * @param seed what its draws began with
 */
public record Provenance(
        long dataFromMicros,
        long dataToMicros,
        long dataRows,
        @Nullable String dataSha256,
        @Nullable String featureSet,
        @Nullable String featureSetHash,
        String codeVersion,
        String trainer,
        Map<String, String> parameters,
        long seed) {

    public Provenance {
        if (dataToMicros < dataFromMicros) {
            throw new IllegalArgumentException(
                    "the training data ends at %d, before it begins at %d; give its range in order"
                            .formatted(dataToMicros, dataFromMicros));
        }
        if (dataRows < 0) {
            throw new IllegalArgumentException(
                    "the training data has %d rows; count them".formatted(dataRows));
        }
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }
}
