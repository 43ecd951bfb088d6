package com.shivx.operators.training;

import com.shivx.models.contract.ModelArtifact;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison works by, as it travels to where it is done.
 *
 * @param featureSet name of the feature set that both take
 * @param horizonMicros how long after a row its label is decided
 * @param newer what asks to be promoted
 * @param newerLearnedUntilMicros when the last outcome was decided that it has learned from
 * @param production what it is compared with
 * @param productionLearnedUntilMicros the same of that
 * @param minBlockMicros least mean length of a validation's blocks
 * @param minAccuracy least accuracy of a model to be promoted; null for none
 */
public record ComparisonSettings(
        String featureSet,
        long horizonMicros,
        ModelArtifact newer,
        long newerLearnedUntilMicros,
        ModelArtifact production,
        long productionLearnedUntilMicros,
        long minBlockMicros,
        @Nullable Double minAccuracy)
        implements Serializable {}
