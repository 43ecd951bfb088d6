package com.shivx.models.outcome;

import com.shivx.models.Role;

/**
 * One symbol's say in which of two versions is better: their predictions of the same vector, the
 * first of its slice of a horizon.
 *
 * @param modelId the model line
 * @param champion version that is champion
 * @param challenger version that is canary or shadow
 * @param role which of the two it is
 * @param horizonMicros length of a slice, microseconds
 * @param slice number of the slice since the epoch
 * @param sign 1 if only the challenger was right, −1 if only the champion was, else 0
 */
public record PairedVote(
        String modelId,
        String champion,
        String challenger,
        Role role,
        long horizonMicros,
        long slice,
        int sign) {}
