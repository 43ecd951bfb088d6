package com.shivx.jobs.log;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The folder of an event date in UTC: {@code event_date=2014-05-01}. */
final class EventDate {

    private static final String PREFIX = "event_date=";
    private static final long MICROS_PER_DAY = TimeUnit.DAYS.toMicros(1);

    private long lastDay = Long.MIN_VALUE;
    private String lastFolder = "";

    /**
     * The folder of an event time, microseconds since the epoch. Most are of the last one's day.
     */
    String folder(long micros) {
        long day = Math.floorDiv(micros, MICROS_PER_DAY);
        if (day != lastDay) {
            lastDay = day;
            lastFolder = PREFIX + of(micros);
        }
        return lastFolder;
    }

    /** The date of a folder; nothing where it is no event date's. */
    static Optional<LocalDate> of(String folder) {
        if (!folder.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            LocalDate date = LocalDate.parse(folder.substring(PREFIX.length()));
            // One beyond what microseconds reach is nobody's event date.
            Math.addExact(startMicros(date), MICROS_PER_DAY);
            return Optional.of(date);
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** The date of an event time, microseconds since the epoch. */
    static LocalDate of(long micros) {
        return LocalDate.ofEpochDay(Math.floorDiv(micros, MICROS_PER_DAY));
    }

    /** Where a date begins, microseconds since the epoch. */
    static long startMicros(LocalDate date) {
        return Math.multiplyExact(date.toEpochDay(), MICROS_PER_DAY);
    }

    /** The length of a date. */
    static long micros() {
        return MICROS_PER_DAY;
    }
}
