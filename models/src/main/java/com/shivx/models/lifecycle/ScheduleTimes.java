package com.shivx.models.lifecycle;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times that come again, in UTC: {@code daily 06:30}, {@code weekly mon 06:30}, or the five fields
 * of cron ({@code 30 6 * * 1-5}: minute, hour, day of the month, month, day of the week with 0 and
 * 7 for Sunday; where both kinds of day are given, either is enough, as in Unix).
 */
final class ScheduleTimes {

    private static final Pattern DAILY = Pattern.compile("daily (\\d{1,2}):(\\d{2})");
    private static final Pattern WEEKLY =
            Pattern.compile("weekly (sun|mon|tue|wed|thu|fri|sat) (\\d{1,2}):(\\d{2})");
    private static final List<String> DAYS =
            List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

    /** A date that does not come within so many years never does: 29 February misses one of 8. */
    private static final int FAR_YEARS = 9;

    private final ExecutionTime times;

    private ScheduleTimes(ExecutionTime times) {
        this.times = times;
    }

    /**
     * Reads times.
     *
     * @throws IllegalArgumentException if there are none in the text, in one line with the remedy
     */
    static ScheduleTimes parse(String text) {
        String cron = cron(text.strip().toLowerCase(Locale.ROOT));
        try {
            ScheduleTimes parsed =
                    new ScheduleTimes(
                            ExecutionTime.forCron(
                                    new CronParser(
                                                    CronDefinitionBuilder.instanceDefinitionFor(
                                                            CronType.UNIX))
                                            .parse(cron)));
            return parsed;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "times '%s' are none; write 'daily 06:30', 'weekly mon 06:30' or five fields of cron, in UTC (%s)"
                            .formatted(
                                    text,
                                    String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
                    e);
        }
    }

    private static String cron(String text) {
        Matcher daily = DAILY.matcher(text);
        if (daily.matches()) {
            return "%s %s * * *".formatted(daily.group(2), daily.group(1));
        }
        Matcher weekly = WEEKLY.matcher(text);
        if (weekly.matches()) {
            return "%s %s * * %d"
                    .formatted(weekly.group(3), weekly.group(2), DAYS.indexOf(weekly.group(1)));
        }
        return text;
    }

    /**
     * The first of the times after an instant; empty if none ever comes.
     *
     * @param millis the instant, milliseconds since the epoch
     */
    OptionalLong after(long millis) {
        ZonedDateTime from = Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC);
        return times.nextExecution(from)
                .filter(next -> next.isBefore(from.plusYears(FAR_YEARS)))
                .map(next -> OptionalLong.of(next.toInstant().toEpochMilli()))
                .orElseGet(OptionalLong::empty);
    }
}
