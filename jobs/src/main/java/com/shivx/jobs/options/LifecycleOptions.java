package com.shivx.jobs.options;

import com.shivx.models.lifecycle.RetrainFrom;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** When models are trained again, and how a version comes to serve by steps. */
public final class LifecycleOptions {

    public static final ConfigOption<Duration> COOLDOWN =
            ConfigOptions.key("retrain.cooldown")
                    .durationType()
                    .defaultValue(Duration.ofHours(6))
                    .withDescription(
                            "How long after a training has ended none is made for an alarm or a schedule: event time, or"
                                    + " clock time where event time stands still. What drifts on needs new rows more"
                                    + " than another training on the same ones. A command is not held back.");

    public static final ConfigOption<Duration> MAX_DURATION =
            ConfigOptions.key("retrain.max-duration")
                    .durationType()
                    .defaultValue(Duration.ofHours(12))
                    .withDescription(
                            "A training that has not ended after so long (clock time) is no longer waited for, so that"
                                    + " the next can be made. Longer than the longest with its repeats.");

    public static final ConfigOption<RetrainFrom> FROM =
            ConfigOptions.key("retrain.from")
                    .enumType(RetrainFrom.class)
                    .defaultValue(RetrainFrom.HISTORY)
                    .withDescription(
                            "Which rows a training for an alarm takes. HISTORY is as any other; ALARM only those since"
                                    + " what the alarm tells of began, which are few, but of the market as it is now.");

    public static final ConfigOption<Duration> HISTORY =
            ConfigOptions.key("retrain.history")
                    .durationType()
                    .defaultValue(Duration.ofDays(30))
                    .withDescription(
                            "How far back a training takes its rows (event time). A month has every day of the week and"
                                    + " time of the day several times.");

    public static final ConfigOption<Double> ALPHA =
            ConfigOptions.key("rollout.alpha")
                    .doubleType()
                    .defaultValue(0.05)
                    .withDescription(
                            "How often a version that is no better may be promoted, at most, however often it is looked"
                                    + " at. Smaller needs more votes.");

    public static final ConfigOption<Duration> SHADOW_TIME =
            ConfigOptions.key("rollout.shadow-time")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(30))
                    .withDescription(
                            "How long a version scores without serving at least (event time, in windows with outcomes).");

    public static final ConfigOption<List<Double>> SHARES =
            ConfigOptions.key("rollout.shares")
                    .doubleType()
                    .asList()
                    .defaultValues(0.1, 0.5)
                    .withDescription(
                            "What a version serves as a canary, one share after another, separated by ';'.");

    public static final ConfigOption<Duration> SHARE_TIME =
            ConfigOptions.key("rollout.share-time")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(30))
                    .withDescription("How long it serves each of them at least (event time).");

    public static final ConfigOption<List<Duration>> WATCH_TIMES =
            ConfigOptions.key("rollout.watch-times")
                    .durationType()
                    .asList()
                    .defaultValues(Duration.ofHours(1), Duration.ofHours(24))
                    .withDescription(
                            "How long the version before it goes on as a shadow when it is champion, to take over again"
                                    + " if it was better (event time), separated by ';'. A day has every time of the"
                                    + " day.");

    public static final ConfigOption<Duration> MAX_HOLD =
            ConfigOptions.key("rollout.max-hold")
                    .durationType()
                    .defaultValue(Duration.ofDays(3))
                    .withDescription(
                            "A step that is so long over its time (event time, and clock time where nothing arrives)"
                                    + " without evidence goes back. Longer than a weekend, when markets are closed.");

    private LifecycleOptions() {}
}
