package com.shivx.models.outcome;

import com.shivx.models.Role;

/**
 * Whose accuracy it is.
 *
 * @param modelId the model line
 * @param modelVersion the version
 * @param role the part that it played
 * @param horizonMicros after how long it was asked, microseconds
 */
public record AccuracyKey(String modelId, String modelVersion, Role role, long horizonMicros) {

    /** As one text, for what must be the same on every machine. */
    public String text() {
        return modelId + "@" + modelVersion + "~" + role + "~" + horizonMicros;
    }
}
