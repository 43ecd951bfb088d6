package com.shivx.operators.training;

import com.shivx.features.FeatureSet;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.baseline.BaselineMomentum;
import com.shivx.models.candidate.LearnedUntil;
import com.shivx.models.candidate.ModelComparison;
import com.shivx.models.candidate.TrainingRows;
import com.shivx.models.candidate.TrainingSet;
import com.shivx.models.contract.AllowedUris;
import com.shivx.models.contract.ContractFlags;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.VersionName;
import com.shivx.models.training.TrainingException;
import com.shivx.models.validation.ValidationConfig;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What serves, and must be beaten.
 *
 * @param artifact its file and contract
 * @param learnedUntilMicros when the last outcome was decided that it has learned from; {@link
 *     LearnedUntil#UNKNOWN} where nobody knows
 */
record Champion(ModelArtifact artifact, long learnedUntilMicros) {

    /** The model that is built in and lies nowhere. */
    private static final String BASELINE = "baseline-momentum";

    /**
     * By its name in the registry, or the place of its file; null of null.
     *
     * @throws ModelRefusedException if the file is none that could serve
     */
    static @Nullable Champion of(@Nullable String name, ModelRegistry registry)
            throws ModelRefusedException {
        if (name == null) {
            return null;
        }
        if (name.equals(BASELINE)) {
            return new Champion(BaselineMomentum.artifact(), LearnedUntil.UNKNOWN);
        }
        if (name.endsWith(".onnx")) {
            Path file = AllowedUris.of(List.of(name)).resolve(name);
            return new Champion(ModelArtifact.read(file, ContractFlags.NONE), LearnedUntil.UNKNOWN);
        }
        ModelVersion version = registry.resolve(VersionName.parse(name));
        return new Champion(registry.artifact(version), LearnedUntil.micros(registry, version));
    }

    String id() {
        return artifact.contract().id();
    }

    /** Whether it takes the same vectors and gives the classes that labels have. */
    boolean isComparable(FeatureSet features) {
        return isComparable(artifact, features);
    }

    static boolean isComparable(ModelArtifact artifact, FeatureSet features) {
        return features.hash().equals(artifact.contract().featureSetHash())
                && artifact.contract().classes().containsAll(TrainingRows.CLASSES);
    }

    /**
     * A comparable version that is registered against this one, by rows that neither has learned
     * from.
     */
    Ended comparedWith(
            ModelVersion version, ModelRegistry registry, TrainingSet set, ValidationConfig rules)
            throws ModelRefusedException {
        try {
            return Ended.compared(
                    version.id(),
                    new ModelComparison(rules)
                            .compare(
                                    set,
                                    new ModelComparison.Side(
                                            registry.artifact(version),
                                            LearnedUntil.micros(registry, version)),
                                    new ModelComparison.Side(artifact, learnedUntilMicros)));
        } catch (TrainingException e) {
            return Ended.told(
                    TrainingEvent.inconclusive(version.id(), String.valueOf(e.getMessage())));
        }
    }
}
