package com.shivx.models;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something is out of bounds, or within them again.
 *
 * @param alarmId the same for every repeat and for the clearing of one trouble: kind, model,
 *     version and what tells it apart
 * @param kind what is wrong
 * @param raised whether it is raised, or cleared
 * @param modelId the model line
 * @param modelVersion the version; null where none is to blame
 * @param generation of the deployment in force
 * @param reason what was seen, one line
 * @param sinceMicros event time from which on it was so, microseconds; 0 where event time does not
 *     tell
 * @param evidence the figures it rests on, by name; empty where the reason says all
 */
public record Alarm(
        String alarmId,
        Kind kind,
        boolean raised,
        String modelId,
        @Nullable String modelVersion,
        long generation,
        String reason,
        long sinceMicros,
        Map<String, Double> evidence) {

    /**
     * Evidence of {@link Kind#DRIFT}: how many of the columns beyond are of what a version answers.
     */
    public static final String DRIFTED_ANSWERS = "drifted_answers";

    /** What can be wrong. */
    public enum Kind {
        /** A version did not pass the checks before it would have served. */
        MODEL_REFUSED,
        /** A serving version failed again and again and is not asked any more. */
        MODEL_WITHDRAWN,
        /** What a version reads or answers is no longer what it was measured on. */
        DRIFT,
        /** A version is less often right than it was validated to be. */
        ACCURACY,
        /** It will be, by its own probabilities, of which no outcome is known yet. */
        ESTIMATED_ACCURACY,
        /** Too few of its predictions meet an outcome. */
        COVERAGE,
        /** Fewer predictions are made than there should be. */
        RATE,
        /** Predictions are late. */
        LATENCY,
        /** A version's answers are too often none: not finite, or no probabilities. */
        INVALID_OUTPUT,
        /** A version fails or is timed out too often. */
        ERRORS,
        /** A version takes much longer than the champion over the same vectors. */
        INFERENCE_TIME
    }

    /** Whether what the version answers has drifted, and not only what it takes. */
    public boolean isDriftOfAnswers() {
        return kind == Kind.DRIFT && evidence.getOrDefault(DRIFTED_ANSWERS, 0.0) > 0;
    }

    /** An alarm of a deployment, which begins and is over with it. */
    public static Alarm raised(
            Kind kind, String model, @Nullable String version, long generation, String reason) {
        String id = kind + "~" + model + "~" + (version == null ? "" : version) + "~" + generation;
        return new Alarm(id, kind, true, model, version, generation, reason, 0, Map.of());
    }
}
