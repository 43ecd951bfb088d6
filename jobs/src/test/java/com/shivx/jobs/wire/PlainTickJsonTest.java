package com.shivx.jobs.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.tick.TextCache;
import com.shivx.features.tick.Tick;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What it reads, a parser that knows all of JSON reads alike; what that refuses, it does not read.
 */
class PlainTickJsonTest {

    private final PlainTickJson plain = new PlainTickJson(new TextCache());

    /** Never plain: an unknown field, with all of JSON behind it. */
    private final TickJson json = new TickJson();

    @Test
    void readsWhatFeedsSend() {
        assertThat(
                        plainly(
                                "{\"symbol\":\"sim:BTC\",\"kind\":\"QUOTE\",\"event_time_micros\":1700000000000000,"
                                        + "\"sequence\":7,\"bid_price\":61250.5,\"bid_size\":null,\"ask_price\":61251,\"ask_size\":0.25}"))
                .isEqualTo(
                        Tick.quote(
                                "sim:BTC",
                                1_700_000_000_000_000L,
                                5,
                                7,
                                61250.5,
                                Double.NaN,
                                61251,
                                0.25));
        assertThat(
                        plainly(
                                " {\t\"kind\" :\r\n\"TRADE\" , \"symbol\":\"S\",\"event_time_micros\":-1,\"price\":-0.5,\"size\":2} "))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}x",
                "[]",
                "{\"symbol\":\"a\\u0041\"}",
                "{\"symbol\":\"\u00e9\"}",
                "{\"symbol\":1}",
                "{\"row\":1,\"row\":1}",
                "{\"row\":01}",
                "{\"row\":1.0}",
                "{\"row\":1e3}",
                "{\"row\":-}",
                "{\"row\":-",
                "{\"row\":\"1\"}",
                "{\"row\":1234567890123456789}",
                "{\"price\":.5}",
                "{\"price\":5.}",
                "{\"price\":-0}",
                "{\"price\":1e5}",
                "{\"price\":\"NaN\"}",
                "{\"price\":NaN}",
                "{\"price\":1.2.3}",
                "{\"price\":1",
                "{\"price\":+1}",
                "{\"price\":123456789012345678901234567890}",
                "{\"price\":nul}",
                "{\"price\":1,}",
                "{\"price\" 1}",
                "{\"other\":1}",
                "{\"kind\":\"ORDER\"}",
                "{\"row\":-1}",
                "{\"symbol\":\"a}"
            })
    void leavesEverythingElseAlone(String text) {
        assertThat(plain.read(new TickFields(), utf8(text), 0, utf8(text).length)).isFalse();
    }

    /** Texts of pieces that are JSON, or almost; most of them are wrong in some way. */
    @Test
    void readsAlikeWhateverIsPutTogether() {
        Random random = new Random(11);
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            String text = anyObject(random);
            Tick fast = plainly(text);
            if (fast != null) {
                read++;
                assertThat(fast).as(text).isEqualTo(thoroughly(text));
            }
        }
        assertThat(read).isGreaterThan(5_000);
    }

    private static String anyObject(Random random) {
        List<String> fields = new ArrayList<>();
        boolean trade = random.nextBoolean();
        fields.add("\"symbol\":" + pick(random, "\"S\"", "\"um:BTCUSDT\"", "\" \"", "\"a b\""));
        fields.add("\"kind\":" + (trade ? "\"TRADE\"" : "\"QUOTE\""));
        fields.add("\"event_time_micros\":" + anyNumber(random, true));
        for (String name : trade ? List.of("price", "size") : List.of("bid_price", "ask_price")) {
            fields.add("\"" + name + "\":" + anyNumber(random, false));
        }
        if (random.nextBoolean()) {
            fields.add("\"sequence\":" + anyNumber(random, true));
        }
        if (random.nextInt(4) == 0) {
            fields.add(
                    pick(
                            random,
                            "\"aggressor\":\"BUY\"",
                            "\"aggressor\":null",
                            "\"row\":3",
                            "\"bid_size\":null"));
        }
        Collections.shuffle(fields, random);
        String text = "{" + String.join(pick(random, ",", " , ", ",\n"), fields) + "}";
        if (random.nextInt(4) == 0) {
            int at = random.nextInt(text.length());
            text =
                    text.substring(0, at)
                            + pick(random, "", "\"", "0", "\\", "}", ",", "\u00fc")
                            + text.substring(at + random.nextInt(2));
        }
        return text;
    }

    private static String anyNumber(Random random, boolean whole) {
        StringBuilder digits = new StringBuilder(random.nextInt(6) == 0 ? "-" : "");
        int count = 1 + random.nextInt(whole ? 19 : 12);
        for (int i = 0; i < count; i++) {
            digits.append((char) ('0' + random.nextInt(10)));
        }
        if (!whole && random.nextInt(4) > 0) {
            digits.append('.');
            int decimals = 1 + random.nextInt(random.nextInt(10) == 0 ? 17 : 6);
            for (int i = 0; i < decimals; i++) {
                digits.append((char) ('0' + random.nextInt(10)));
            }
        }
        return random.nextInt(50) == 0 ? digits + "e" + random.nextInt(20) : digits.toString();
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private @Nullable Tick plainly(String text) {
        TickFields fields = new TickFields();
        byte[] bytes = utf8(text);
        try {
            return plain.read(fields, bytes, 0, bytes.length) ? fields.toTick(5, 6) : null;
        } catch (UnreadableTickException e) {
            assertThat(thoroughly(text)).as(text).isNull();
            return null;
        }
    }

    private @Nullable Tick thoroughly(String text) {
        int brace = text.indexOf('{');
        try {
            String unusual =
                    text.substring(0, brace + 1) + "\"unknown\":[{}]," + text.substring(brace + 1);
            return json.read(utf8(unusual), 5, 6);
        } catch (UnreadableTickException e) {
            return null;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
