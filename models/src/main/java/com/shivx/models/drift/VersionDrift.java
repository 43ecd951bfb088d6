package com.shivx.models.drift;

import com.shivx.drift.live.DriftMemory;
import com.shivx.models.Role;
import java.util.Arrays;
import java.util.HashMap;

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

    /** Of the features, as states before {@link #phases} have it; empty in later ones. */
    public DriftMemory inputs = DriftMemory.empty();

    /** Of the answers, as states before {@link #phases} have it; empty in later ones. */
    public DriftMemory answers = DriftMemory.empty();

    /** What is remembered of its windows, one for each that overlap; empty before the first. */
    public PhaseDrift[] phases = {};

    /** What alarms are up. */
    public DriftAlarmState alarms = new DriftAlarmState();

    /**
     * What is remembered of the windows like one. Where windows overlap otherwise than before, only
     * the first phase is what it was.
     */
    PhaseDrift phase(DriftWindows windows, long startMicros) {
        if (phases.length != windows.overlap()) {
            PhaseDrift[] anew = new PhaseDrift[windows.overlap()];
            Arrays.setAll(anew, phase -> new PhaseDrift());
            anew[0] = phases.length > 0 ? phases[0] : takeFirst();
            phases = anew;
        }
        return phases[windows.phase(startMicros)];
    }

    private PhaseDrift takeFirst() {
        PhaseDrift first = new PhaseDrift();
        first.inputs = inputs;
        first.answers = answers;
        first.drifted = alarms.drift.raised;
        first.beyond = alarms.beyond;
        inputs = DriftMemory.empty();
        answers = DriftMemory.empty();
        alarms.beyond = new HashMap<>();
        return first;
    }

    /** Whether a column has drifted in windows of any phase. */
    boolean isDrifted() {
        return Arrays.stream(phases).anyMatch(phase -> phase.drifted);
    }
}
