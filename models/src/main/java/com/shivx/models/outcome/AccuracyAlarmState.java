package com.shivx.models.outcome;

import com.shivx.drift.change.AdwinState;
import com.shivx.models.AlarmMemory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a version in a role and horizon. Its all-zero self has seen nothing. Public
 * fields, because it lives in checkpoints.
 */
public final class AccuracyAlarmState {

    /** Whose it is; null before any row. */
    public @Nullable AccuracyKey key;

    /** The latest windows, as far as they are judged together, the oldest first. */
    public List<AccuracyFigures> windows = new ArrayList<>();

    /** Of accuracy. */
    public AlarmMemory accuracy = new AlarmMemory();

    /** Of coverage. */
    public AlarmMemory coverage = new AlarmMemory();

    /** Of the mean error of windows with outcomes. */
    public AdwinState error = new AdwinState();

    /** Start of the window in which the mean error was last found to have changed; 0 before. */
    public long errorChangedMicros;
}
