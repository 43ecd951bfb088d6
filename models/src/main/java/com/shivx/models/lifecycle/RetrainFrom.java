package com.shivx.models.lifecycle;

/** Which rows a training for an alarm takes. */
public enum RetrainFrom {
    /** As far back as any training. */
    HISTORY,
    /** From when what the alarm tells of began: all before is another market. */
    ALARM
}
