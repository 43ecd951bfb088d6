package com.shivx.models;

import com.shivx.features.FeatureVector;
import org.jspecify.annotations.Nullable;

/**
 * What one model version says of one feature vector. Holds nothing from a clock: the same vector
 * and version give the same prediction on every replay. On the wire the names are in snake case and
 * NaN is {@code null}.
 *
 * @param vectorId the vector it was made from
 * @param modelId the model line
 * @param modelVersion the semantic version
 * @param generation of the deployment in force
 * @param role the part the version plays in it
 * @param served whether this is the one prediction of the vector and model line to act on
 * @param symbol the vector's symbol
 * @param eventTimeMicros the vector's event time, microseconds since the epoch
 * @param prediction the most probable class (the first of equals); of a model without probabilities
 *     the label it gives, or the class of its highest score where it gives none; of a regression
 *     its value as shortest decimal text; null unless the status is OK
 * @param confidence probability of that class; NaN where the model gives no probabilities, or no
 *     answer
 * @param action what the class says to do; null of a regression, of a class without action, and
 *     unless the status is OK
 * @param classes names of the classes in the order of {@code probabilities}; empty of a regression
 * @param probabilities the model's output row: one probability a class, or one decision score a
 *     class, or the value of a regression as the version's contract says; empty unless the status
 *     is OK
 * @param status how scoring ended
 */
public record Prediction(
        String vectorId,
        String modelId,
        String modelVersion,
        long generation,
        Role role,
        boolean served,
        String symbol,
        long eventTimeMicros,
        @Nullable String prediction,
        float confidence,
        @Nullable Action action,
        String[] classes,
        float[] probabilities,
        PredictionStatus status) {

    /**
     * A function of vector, model and version, put together at each call. Model and version hold
     * neither {@code ~} nor {@code @}.
     */
    public String predictionId() {
        return vectorId + idSuffix(modelId, modelVersion);
    }

    /** What stands behind the vector's id in a prediction's: the same for all of a version. */
    public static String idSuffix(String model, String version) {
        return "~" + model + "@" + version;
    }

    /** A version that gave no answer; the status says why. */
    public static Prediction unanswered(
            FeatureVector vector,
            String model,
            String version,
            long generation,
            Role role,
            boolean served,
            String[] classes,
            PredictionStatus status) {
        return new Prediction(
                vector.vectorId(),
                model,
                version,
                generation,
                role,
                served,
                vector.symbol(),
                vector.eventTimeMicros(),
                null,
                Float.NaN,
                null,
                classes,
                new float[0],
                status);
    }
}
