package com.shivx.models.drift;

import com.shivx.models.AlarmMemory;
import java.util.HashMap;
import java.util.Map;

/**
 * What is remembered of a version's alarms. Its all-zero self has none. Public fields, because it
 * lives in checkpoints.
 */
public final class DriftAlarmState {

    /** Of drift. */
    public AlarmMemory drift = new AlarmMemory();

    /** Of estimated accuracy. */
    public AlarmMemory estimate = new AlarmMemory();

    /** As states before {@link VersionDrift#phases} have it; empty in later ones. */
    public Map<String, long[]> beyond = new HashMap<>();

    /** Start of the first of the windows, one after another, whose estimate was out of bounds. */
    public long estimateSinceMicros;
}
