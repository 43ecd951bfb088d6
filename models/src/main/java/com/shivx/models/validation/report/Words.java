package com.shivx.models.validation.report;

import com.shivx.drift.bootstrap.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Numbers and times as people read them, the same in every locale. */
final class Words {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Words() {}

    static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }

    static String signed(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%+.4f" : "%+.1f", value);
    }

    static String oneDecimal(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.1f", value);
    }

    static String percent(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.0f %%", share * 100);
    }

    /** Such as {@code 1h30m} or {@code 0.5s}. */
    static String duration(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS)
                .toString()
                .substring(2)
                .toLowerCase(Locale.ROOT);
    }

    /** Month, day, hour and minute, UTC. */
    static String moment(long micros) {
        return MOMENT.format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }

    static String answer(Answer answer) {
        return switch (answer) {
            case ABOVE -> "better";
            case BELOW -> "worse";
            case NOT_SHOWN -> "not shown";
            case INCONCLUSIVE -> "inconclusive";
        };
    }
}
