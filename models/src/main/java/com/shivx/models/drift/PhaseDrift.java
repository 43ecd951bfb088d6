package com.shivx.models.drift;

import com.shivx.drift.live.DriftMemory;
import java.util.HashMap;
import java.util.Map;

/**
 * What is remembered of a version's windows of one phase: they do not overlap. Its all-zero self is
 * one without a window. Public fields, because it lives in checkpoints.
 */
public final class PhaseDrift {

    /** Of the features. */
    public DriftMemory inputs = DriftMemory.empty();

    /** Of the answers. */
    public DriftMemory answers = DriftMemory.empty();

    /** Whether a column had drifted by the last window. */
    public boolean drifted;

    /**
     * Starts of the windows in which a column was beyond its threshold, as far as they are
     * remembered, by name, the oldest first; columns without one are left out.
     */
    public Map<String, long[]> beyond = new HashMap<>();
}
