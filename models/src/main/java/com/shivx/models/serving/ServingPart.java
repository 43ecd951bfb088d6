package com.shivx.models.serving;

import java.util.Map;

/**
 * What one place has counted, within a second or so, of every version that it serves of a model:
 * the same vectors of each. One without a vector tells what is served from now on.
 *
 * @param model the model line
 * @param generation of the deployment that it serves
 * @param champion its champion's version
 * @param sinceMicros event time of the first vector, microseconds; 0 without any
 * @param clockMillis when it was cut, by the clock of the machine that counted, milliseconds since
 *     the epoch
 * @param versions of all that it serves, by version
 */
public record ServingPart(
        String model,
        long generation,
        String champion,
        long sinceMicros,
        long clockMillis,
        Map<String, ServingCounts> versions) {

    /** Whether nothing is counted in it. */
    public boolean isEmpty() {
        return versions.values().stream().allMatch(counts -> counts.answers.total() == 0);
    }
}
