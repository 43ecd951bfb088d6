package com.shivx.jobs.options;

import com.shivx.models.drift.DriftWindows;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;

/**
 * How drift is watched. How long a window is, {@code drift.window}, is said when a version is
 * trained: its thresholds hold for windows of that length, which stands in its reference.
 */
public final class DriftOptions {

    public static final ConfigOption<Duration> COOLDOWN =
            ConfigOptions.key("drift.cooldown")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(30))
                    .withDescription(
                            "From one raising of an alarm of a version to the next at least (event time), though it was"
                                    + " cleared in between. Long enough that a figure at its threshold is one"
                                    + " alarm, not many.");

    public static final ConfigOption<Integer> OVERLAP =
            ConfigOptions.key("drift.overlap")
                    .intType()
                    .defaultValue(1)
                    .withDescription(
                            "In how many windows each row lies, 1 to "
                                    + DriftWindows.MAX_OVERLAP
                                    + ". With 1 windows follow one another; with N one begins at every Nth of their length,"
                                    + " and N times as many reports are written. The 3 of 5 windows that make an alert never"
                                    + " overlap. By simulation 4 finds a shift half a window sooner (2.5 windows after it, not"
                                    + " 3) and is wrong about twice as often. A Nth of a version's window must be a whole"
                                    + " number of milliseconds, or the version is not watched.");

    public static final ConfigOption<Duration> IDLE_AFTER =
            ConfigOptions.key("drift.idle-after")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription(
                            "A partition of 'features' or 'predictions' that is silent for so long (clock time) no longer"
                                    + " holds event time back. Longer than records wait for their transaction to be"
                                    + " committed, or they would be late.");

    public static final ConfigOption<Duration> MAX_AHEAD =
            ConfigOptions.key("drift.max-ahead")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription(
                            "Vectors so far ahead of predictions (event time), or the reverse, are not read until the"
                                    + " others catch up, so that few windows are open at once. 0 switches it off.");

    private DriftOptions() {}

    /** In how many windows each row lies. */
    public static int requireOverlap(ReadableConfig options) {
        int overlap = options.get(OVERLAP);
        if (overlap < 1 || overlap > DriftWindows.MAX_OVERLAP) {
            throw new IllegalArgumentException(
                    "option %s is %d; write 1 to %d"
                            .formatted(OVERLAP.key(), overlap, DriftWindows.MAX_OVERLAP));
        }
        return overlap;
    }
}
