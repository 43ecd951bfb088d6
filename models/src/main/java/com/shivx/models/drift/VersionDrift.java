package com.shivx.models.drift;

import com.shivx.drift.live.DriftMemory;
import com.shivx.models.Role;

/**
 * What is remembered of a version between its windows. Its all-zero self is one of which nothing is
 * known. Public fields, because it lives in checkpoints.
 */
public final class VersionDrift {

    /** The part that it plays, or played last. */
    public Role role = Role.CHAMPION;

    /** Of the deployment that says so. */
    public long generation;

    /** Whether it is deployed now. */
    public boolean deployed;

    /** Whether {@link #nextStartMicros} tells which window is reported next. */
    public boolean reporting;

    /** Start of the window that is reported next. */
    public long nextStartMicros;

    /** Windows without rows in a row, up to the last reported. */
    public int emptyWindows;

    /** Of the features. */
    public DriftMemory inputs = DriftMemory.empty();

    /** Of the answers. */
    public DriftMemory answers = DriftMemory.empty();

    /** What alarms are up. */
    public DriftAlarmState alarms = new DriftAlarmState();
}
