package com.shivx.jobs.options;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Which ticks are good enough to be used. The same values rule the source's event time. */
public final class QualityOptions {

    public static final ConfigOption<Duration> ALLOWED_DISORDER =
            ConfigOptions.key("quality.allowed-disorder")
                    .durationType()
                    .defaultValue(Duration.ofMillis(250))
                    .withDescription(
                            "A tick further below its symbol's highest event time is set aside as OUT_OF_ORDER."
                                    + " Merged real feeds show up to 214 ms.");

    public static final ConfigOption<Long> SESSION_RESET =
            ConfigOptions.key("quality.session-reset")
                    .longType()
                    .defaultValue(1_000L)
                    .withDescription(
                            "A sequence that falls by more than this starts a new session of its feed; a smaller fall"
                                    + " is a DUPLICATE.");

    public static final ConfigOption<Duration> MAX_JUMP =
            ConfigOptions.key("quality.max-jump")
                    .durationType()
                    .defaultValue(Duration.ofDays(7))
                    .withDescription(
                            "A tick further ahead of its symbol's last is set aside as FUTURE until the next one"
                                    + " confirms it. Longer than any weekend or holiday of a market.");

    public static final ConfigOption<Duration> MAX_AHEAD =
            ConfigOptions.key("quality.max-ahead")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription(
                            "A tick whose event time is further past its reception is set aside as FUTURE. Clocks of"
                                    + " recorders run up to seconds behind exchanges.");

    private QualityOptions() {}
}
