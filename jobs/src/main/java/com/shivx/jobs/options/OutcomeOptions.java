package com.shivx.jobs.options;

import com.shivx.features.label.Threshold;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** What happened to a price, how predictions are joined with it, and how accuracy is told. */
public final class OutcomeOptions {

    public static final ConfigOption<List<Duration>> HORIZONS =
            ConfigOptions.key("outcomes.horizons")
                    .durationType()
                    .asList()
                    .defaultValues(Duration.ofSeconds(60))
                    .withDescription(
                            "How long after a prediction it is asked what happened, separated by ';'. Each is an"
                                    + " outcome of its own. A minute, as models of 'shivx train' predict unless told"
                                    + " otherwise.");

    public static final ConfigOption<Threshold> THRESHOLD =
            ConfigOptions.key("labels.threshold")
                    .enumType(Threshold.class)
                    .defaultValue(Threshold.VOL)
                    .withDescription(
                            "How far a price must go to have gone UP or DOWN. VOL is 0.43 standard deviations over the"
                                    + " horizon, which makes the three about equally frequent; COST is half the"
                                    + " spread at entry and exit and both fees.");

    public static final ConfigOption<Double> TAKER_FEE_BPS =
            ConfigOptions.key("fees.taker-bps")
                    .doubleType()
                    .defaultValue(0.0)
                    .withDescription(
                            "Fee of one side of a trade, in basis points. It is in what positions made, and in the"
                                    + " threshold COST.");

    public static final ConfigOption<Duration> MAX_DELAY =
            ConfigOptions.key("outcomes.max-delay")
                    .durationType()
                    .defaultValue(Duration.ofHours(1))
                    .withDescription(
                            "An outcome that no tick decides so long after its horizon is MISSING. Quiet symbols tick"
                                    + " every few minutes; over a closed market nothing is known.");

    public static final ConfigOption<Duration> LATENESS =
            ConfigOptions.key("outcomes.lateness")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "How long behind event time ticks are remembered for predictions that come late. More"
                                    + " costs memory, some 200 bytes a tick.");

    public static final ConfigOption<Duration> LABEL_DELAY =
            ConfigOptions.key("outcomes.label-delay")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(10))
                    .withDescription(
                            "How long after its horizon an outcome can be revised by a record of the topic 'labels'."
                                    + " More costs state, some 300 bytes a prediction and horizon.");

    public static final ConfigOption<Duration> IDLE_AFTER =
            ConfigOptions.key("outcomes.idle-after")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription(
                            "A partition of 'predictions' that is silent for so long (clock time) no longer holds event"
                                    + " time back. Longer than predictions wait for their transaction to be"
                                    + " committed, or they would be late.");

    public static final ConfigOption<Duration> MAX_DRIFT =
            ConfigOptions.key("outcomes.max-drift")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription(
                            "Ticks so far ahead of predictions (event time), or the reverse, are not read until the"
                                    + " others catch up, so that a replay does not pile up state. 0 switches it"
                                    + " off.");

    public static final ConfigOption<MemorySize> CACHE_MAX_SIZE =
            ConfigOptions.key("outcomes.cache.max-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(96))
                    .withDescription(
                            "Heap that symbols with their waiting predictions take at most, for each subtask, about"
                                    + " 250 bytes a prediction and horizon. What does not fit is read from the state"
                                    + " backend.");

    public static final ConfigOption<Duration> WINDOW =
            ConfigOptions.key("accuracy.window")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription(
                            "Length of a window of accuracy (event time). Rows add up, so a short one loses nothing.");

    public static final ConfigOption<Duration> ALARM_SPAN =
            ConfigOptions.key("accuracy.alarm-span")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(30))
                    .withDescription(
                            "Windows of so long, the latest (event time), are judged together for alarms. Shorter ones"
                                    + " have too few outcomes that do not overlap for their interval to say much.");

    public static final ConfigOption<Double> TOLERANCE =
            ConfigOptions.key("accuracy.tolerance")
                    .doubleType()
                    .defaultValue(0.02)
                    .withDescription(
                            "How far below the share that a version had right in its validation the upper end of its 95 %"
                                    + " interval may lie before an alarm is raised. Markets differ from one day to"
                                    + " the next by as much.");

    public static final ConfigOption<Double> MIN_ACCURACY =
            ConfigOptions.key("accuracy.min-accuracy")
                    .doubleType()
                    .noDefaultValue()
                    .withDescription(
                            "Share of outcomes that every version must have right, whatever it was validated to reach; an"
                                    + " alarm is raised when its interval lies below. Unset: none, since an honest"
                                    + " model of three classes reaches no figure that could be named in advance.");

    public static final ConfigOption<Duration> COOLDOWN =
            ConfigOptions.key("accuracy.cooldown")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(30))
                    .withDescription(
                            "From one raising of an alarm of a version to the next at least (event time), though it was"
                                    + " cleared in between. As for drift.");

    public static final ConfigOption<Duration> RATE_TIMEOUT =
            ConfigOptions.key("accuracy.rate-timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(10))
                    .withDescription(
                            "An alarm is raised when no outcome of a model has come for so long (clock time), which a"
                                    + " closed market does too. 0 switches it off. Longer than a window of accuracy"
                                    + " and the longest horizon take together.");

    private OutcomeOptions() {}
}
