package com.shivx.jobs.options;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

/** Options that are event times: a date, or a moment of UTC. */
public final class EventTimes {

    private EventTimes() {}

    /**
     * Its value in microseconds since the epoch.
     *
     * @param unset what it is where nobody has set it
     * @throws IllegalArgumentException if it is neither a date nor a moment
     */
    public static long micros(ReadableConfig options, ConfigOption<String> option, long unset) {
        String text = options.getOptional(option).orElse(null);
        if (text == null) {
            return unset;
        }
        try {
            Instant instant =
                    text.indexOf('T') < 0
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : Instant.parse(text);
            return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "option %s is '%s', neither a date such as 2024-08-01 nor a moment such as 2024-08-01T12:00:00Z"
                            .formatted(option.key(), text),
                    e);
        }
    }
}
