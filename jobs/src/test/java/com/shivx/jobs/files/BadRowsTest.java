package com.shivx.jobs.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.tick.QualityRules;
import com.shivx.features.tick.QualityState;
import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickQuality;
import com.shivx.jobs.wire.DeadLetter;
import com.shivx.jobs.wire.Sha256;
import com.shivx.models.wire.DeadLetterReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of bad row between good ones: each is told from the others, and no good one is lost.
 */
class BadRowsTest {

    private static final long START = 1_700_000_000_000_000L;
    private static final long YEAR = 365L * 24 * 3600 * 1_000_000;
    private static final long IN_2999 = 32_472_144_000_000_000L;
    private static final byte[] BINARY = {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2, (byte) 0xff};

    @TempDir Path folder;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    /** What should become of each row: a reason, a quality, or OK. */
    private final List<String> expected = new ArrayList<>();

    private boolean json;
    private long time;
    private long sequence;

    @BeforeEach
    void startEmpty() {
        file.reset();
        time = START;
        sequence = 5_000;
    }

    @Test
    void tellsEachKindInJsonLines() throws IOException {
        json = true;
        good(3);
        bad("not json", "NOT_JSON");
        bad("{\"symbol\":\"S\",\"kind\":", "NOT_JSON");
        bad(jsonQuote("NaN", "2"), "NOT_JSON");
        bad(jsonQuote("\"abc\"", "2"), "WRONG_TYPE");
        bad("[1,2]", "WRONG_TYPE");
        bad(jsonQuote("1", "2").replace("QUOTE", "BAR"), "UNKNOWN_KIND");
        bad(jsonQuote("1", "2").replace("bid_price", "bid"), "MISSING_FIELD");
        bad(jsonQuote("\"NaN\"", "2"), "BAD_PRICE");
        addCommonKinds();

        assertEachRowIsToldFromTheOthers("bad.jsonl");
    }

    @Test
    void tellsEachKindInCsv() throws IOException {
        raw(TestFiles.CSV_HEADER.getBytes(StandardCharsets.UTF_8));
        good(3);
        bad("this is no row", "MISSING_FIELD");
        bad("S,QUOTE," + time, "MISSING_FIELD");
        bad("S,QUOTE," + time + ",,,,,,1,1,2,1,more", "WRONG_TYPE");
        bad(row(time, "abc", "2"), "WRONG_TYPE");
        bad(row(time, "1", "2").replace(String.valueOf(time), time + ".5"), "WRONG_TYPE");
        bad(row(time, "1", "2").replace("QUOTE", "BAR"), "UNKNOWN_KIND");
        bad(row(time, "", "2"), "MISSING_FIELD");
        bad(row(time, "1", "2").replace("S,", ","), "MISSING_FIELD");
        bad(row(time, "\"1", "2"), "WRONG_TYPE");
        bad(",".repeat(1_000), "WRONG_TYPE");
        bad(row(time, "nan", "2"), "BAD_PRICE");
        addCommonKinds();

        assertEachRowIsToldFromTheOthers("bad.csv");
    }

    private void addCommonKinds() {
        good(2);
        bad(row(time, "-1", "2"), "BAD_PRICE");
        bad(row(time, "0", "2"), "BAD_PRICE");
        bad(row(time, "3", "2"), "CROSSED");
        good(2);
        bad("", "EMPTY");
        bad("  \t ", "EMPTY");
        raw(BINARY);
        bad("", "NOT_TEXT");
        good(1);
        raw("x".repeat(10_000_000).getBytes(StandardCharsets.UTF_8));
        bad("", "TOO_LARGE");
        good(1);
        bad(row(0, "1", "2"), "OUT_OF_ORDER");
        good(1);
        bad(row(IN_2999, "1", "2"), "FUTURE");
        good(2);
        bad(row(time + YEAR, "1", "2"), "FUTURE");
        good(2);
        sequence = 1;
        good(3);
    }

    private void assertEachRowIsToldFromTheOthers(String name) throws IOException {
        List<TickRow> rows = TestFiles.rows(TestFiles.write(folder, name, file.toByteArray()));

        QualityState state = new QualityState();
        List<String> told = new ArrayList<>();
        for (TickRow row : rows) {
            Tick tick = row.tick();
            told.add(
                    tick == null
                            ? row.bad().reason().name()
                            : TickQuality.classifyAndAdvance(tick, state, QualityRules.DEFAULT)
                                    .name());
        }
        assertThat(told).isEqualTo(expected);
        assertThat(rows).extracting(TickRow::row).isSorted().last().isEqualTo((long) rows.size());
        assertThatDeadLettersHoldTheRows(rows, name);
    }

    private static void assertThatDeadLettersHoldTheRows(List<TickRow> rows, String name) {
        for (TickRow row : rows) {
            BadRow bad = row.bad();
            if (bad != null) {
                DeadLetter letter = bad.toDeadLetter(row.file().name(), row.row(), "replay");
                assertThat(letter.headers())
                        .containsEntry("shivx.error.topic", name)
                        .containsEntry("shivx.error.partition", "-1")
                        .containsEntry("shivx.error.offset", String.valueOf(row.row()))
                        .containsEntry("shivx.error.job", "replay");
                assertThat(letter.message()).isNotBlank().doesNotContain("\n");
                assertThat(letter.key()).isNull();
                if (bad.reason() == DeadLetterReason.NOT_TEXT) {
                    assertThat(letter.value()).isEqualTo(BINARY);
                }
                if (bad.reason() == DeadLetterReason.TOO_LARGE) {
                    byte[] whole = "x".repeat(10_000_000).getBytes(StandardCharsets.UTF_8);
                    assertThat(letter.value()).hasSize(65_536).containsOnly('x');
                    assertThat(letter.length()).isEqualTo(10_000_000);
                    assertThat(letter.sha256())
                            .isEqualTo(new Sha256().update(whole, 0, whole.length).hex());
                } else {
                    assertThat(letter.length()).isEqualTo(letter.value().length);
                }
            }
        }
    }

    private void good(int count) {
        for (int i = 0; i < count; i++) {
            time += 1_000;
            bad(row(time, "1", "2"), "OK");
        }
    }

    private void bad(String line, String becomes) {
        raw((line + '\n').getBytes(StandardCharsets.UTF_8));
        expected.add(becomes);
    }

    private void raw(byte[] bytes) {
        file.writeBytes(bytes);
    }

    private String row(long micros, String bid, String ask) {
        return json
                ? jsonQuote(bid, ask).replace(String.valueOf(time), String.valueOf(micros))
                : "S,QUOTE," + micros + ",," + ++sequence + ",,,," + bid + ",1," + ask + ",1";
    }

    private String jsonQuote(String bid, String ask) {
        return "{\"symbol\":\"S\",\"kind\":\"QUOTE\",\"event_time_micros\":"
                + time
                + ",\"sequence\":"
                + ++sequence
                + ",\"bid_price\":"
                + bid
                + ",\"bid_size\":1,\"ask_price\":"
                + ask
                + "}";
    }
}
