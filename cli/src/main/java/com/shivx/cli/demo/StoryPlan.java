package com.shivx.cli.demo;

import com.shivx.cli.market.MarketConfig;
import com.shivx.cli.story.Ending;
import com.shivx.cli.story.Plot;
import com.shivx.cli.story.Story;
import com.shivx.jobs.options.ControlOptions;
import com.shivx.jobs.options.DriftOptions;
import com.shivx.jobs.options.KafkaOptions;
import com.shivx.jobs.options.LifecycleOptions;
import com.shivx.jobs.options.OutcomeOptions;
import com.shivx.jobs.options.TrainingOptions;
import com.shivx.models.lifecycle.RetrainFrom;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The story that the demo tells over the simulated market. Its times are the demo's own, because
 * nobody watches for a day; what alarms and what promotes is decided as everywhere.
 *
 * @param market whose regime changes, where the plot says so
 * @param plot what it is about
 * @param until what ends the demo; null: nothing but the user
 */
public record StoryPlan(MarketConfig market, Plot plot, @Nullable Ending until) {

    /** A line of its own: whoever deploys another meanwhile is in nobody's way. */
    static final String MODEL = "sim-direction";

    /** Who waits for an ending waits no longer, on a machine three times slower than a laptop. */
    static final Duration PATIENCE = Duration.ofMinutes(15);

    /** The book foretells five seconds. */
    public static final Duration HORIZON = Duration.ofSeconds(5);

    /**
     * In windows half as long, the estimated accuracy moves by chance alone about as far as the
     * change of regime moves it.
     */
    public static final Duration DRIFT_WINDOW = Duration.ofMinutes(1);

    /** More than thirty drift windows in the second span, which a reference is measured on. */
    public static final List<Double> SHARES = List.of(0.3, 0.55, 0.15);

    /**
     * Of a retraining, which sees too little of the new market for a reference of its own: more to
     * learn from, and the sooner enough to be judged by.
     */
    public static final List<Double> RELEARNING_SHARES = List.of(0.55, 0.2, 0.25);

    /** Two horizons: the simulated market remembers nothing longer that would move an error. */
    private static final Duration MIN_BLOCK = HORIZON.multipliedBy(2);

    /** How long a step of a rollout lasts at least; its evidence takes longer. */
    private static final Duration STEP = Duration.ofMinutes(1);

    /** A step that is told nothing by then never will be. */
    private static final Duration MAX_HOLD = Duration.ofMinutes(40);

    /**
     * A training right after the alarm has seen too little of the new market to show anything; so
     * long after, it is asked for again.
     */
    private static final Duration COOLDOWN = Duration.ofMinutes(5);

    /**
     * A window or two, as shipped: an alarm that is raised and cleared just before the market
     * changes would keep silent for the rest of the story.
     */
    private static final Duration ALARM_COOLDOWN = Duration.ofMinutes(2);

    private static final Duration BACKOFF = Duration.ofSeconds(2);

    /**
     * As many as subtasks: twelve symbols leave none of two empty, which would hold event time back
     * until it is known to be idle.
     */
    private static final int PARTITIONS = 2;

    /** How much of the market there is to learn from before anything is predicted. */
    Duration leadIn() {
        return MarketConfig.LEAD_IN;
    }

    /** The story at its beginning. */
    Story begin() {
        return new Story(MODEL, plot, market.regimeChangeMicros());
    }

    /**
     * The options with the demo's own times and places, where nobody has said otherwise.
     *
     * @param registry folder of the demo's registry
     */
    Configuration options(Configuration given, Path registry) {
        Configuration options = new Configuration(given);
        options.set(TrainingOptions.MODEL, MODEL);
        setIfAbsent(options, TrainingOptions.REGISTRY, registry.toString());
        setIfAbsent(options, TrainingOptions.HORIZON, HORIZON);
        setIfAbsent(options, TrainingOptions.MIN_BLOCK, MIN_BLOCK);
        setIfAbsent(options, TrainingOptions.REFERENCE_WINDOW, DRIFT_WINDOW);
        setIfAbsent(options, TrainingOptions.SHARES, SHARES);
        setIfAbsent(options, DriftOptions.COOLDOWN, ALARM_COOLDOWN);
        setIfAbsent(options, OutcomeOptions.COOLDOWN, ALARM_COOLDOWN);
        setIfAbsent(options, KafkaOptions.PARTITIONS, PARTITIONS);
        setIfAbsent(options, LifecycleOptions.FROM, RetrainFrom.ALARM);
        setIfAbsent(options, LifecycleOptions.COOLDOWN, COOLDOWN);
        setIfAbsent(options, LifecycleOptions.SHADOW_TIME, STEP);
        setIfAbsent(options, LifecycleOptions.SHARE_TIME, STEP);
        setIfAbsent(options, LifecycleOptions.WATCH_TIMES, List.of(STEP));
        setIfAbsent(options, LifecycleOptions.MAX_HOLD, MAX_HOLD);
        setIfAbsent(options, ControlOptions.FIRST_BACKOFF, BACKOFF);
        setIfAbsent(options, ControlOptions.PORT, 0);
        setIfAbsent(
                options, OutcomeOptions.HORIZONS, List.of(options.get(TrainingOptions.HORIZON)));
        return options;
    }

    /** The same for what control trains, where nobody has said otherwise. */
    static Configuration ofRetraining(Configuration options) {
        Configuration relearning = new Configuration(options);
        if (options.get(TrainingOptions.SHARES).equals(SHARES)) {
            relearning.set(TrainingOptions.SHARES, RELEARNING_SHARES);
        }
        return relearning;
    }

    /** The times that are the demo's own, for the screen. */
    static String ownTimes(Configuration options) {
        return String.format(
                Locale.ROOT,
                "thresholds as shipped; horizon %s, drift window %s, blocks %s, alarms again after %s, steps %s, learns from %s",
                seconds(options.get(TrainingOptions.HORIZON)),
                seconds(options.get(TrainingOptions.REFERENCE_WINDOW)),
                seconds(options.get(TrainingOptions.MIN_BLOCK)),
                seconds(options.get(DriftOptions.COOLDOWN)),
                seconds(options.get(LifecycleOptions.SHARE_TIME)),
                options.get(LifecycleOptions.FROM).name().toLowerCase(Locale.ROOT));
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + " s";
    }

    private static <T> void setIfAbsent(Configuration options, ConfigOption<T> option, T value) {
        if (!options.contains(option)) {
            options.set(option, value);
        }
    }
}
