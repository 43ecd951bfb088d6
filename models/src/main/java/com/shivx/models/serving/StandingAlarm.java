package com.shivx.models.serving;

import com.shivx.models.Alarm;
import com.shivx.models.AlarmMemory;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one alarm. Its all-zero self was never raised. Public fields, because it
 * lives in checkpoints.
 */
public final class StandingAlarm {

    /** Whether it is raised, and when it was last. Its times are the clock's. */
    public AlarmMemory memory = new AlarmMemory();

    /** What was told while it is raised; null while it is not. */
    public @Nullable Alarm told;
}
