package com.shivx.models;

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
 */
public record Alarm(
        String alarmId,
        Kind kind,
        boolean raised,
        String modelId,
        @Nullable String modelVersion,
        long generation,
        String reason) {

    /** What can be wrong. */
    public enum Kind {
        /** A version did not pass the checks before it would have served. */
        MODEL_REFUSED,
        /** A serving version failed again and again and is not asked any more. */
        MODEL_WITHDRAWN
    }

    /** An alarm that begins. */
    public static Alarm raised(
            Kind kind, String model, @Nullable String version, long generation, String reason) {
        String id = kind + "~" + model + "~" + (version == null ? "" : version) + "~" + generation;
        return new Alarm(id, kind, true, model, version, generation, reason);
    }
}
