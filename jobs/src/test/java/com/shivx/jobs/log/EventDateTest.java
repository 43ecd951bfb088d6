package com.shivx.jobs.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDateTest {

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01",
        "-1, 1969-12-31",
        "86399999999, 1970-01-01",
        "86400000000, 1970-01-02",
        "1722470400000000, 2024-08-01",
        "9223372036854775807, +294247-01-10",
        "-9223372036854775808, -290308-12-21"
    })
    void anEventTimeHasADateInUtc(long micros, String date) {
        EventDate dates = new EventDate();

        assertThat(dates.folder(micros)).isEqualTo("event_date=" + date);
        assertThat(dates.folder(micros)).isEqualTo("event_date=" + date);
        assertThat(EventDate.of(micros)).hasToString(date);
    }

    @Test
    void aFolderHasADate() {
        assertThat(EventDate.of("event_date=2024-08-01")).contains(LocalDate.parse("2024-08-01"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2024-08-01",
                "event_date=",
                "event_date=2024-02-30",
                "event_date=yesterday",
                "event_date=+999999999-12-31"
            })
    void anotherFolderHasNone(String folder) {
        assertThat(EventDate.of(folder)).isEmpty();
    }
}
