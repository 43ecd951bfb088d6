package com.shivx.jobs.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.shivx.models.wire.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** It writes the bytes that Jackson's generator writes, but for characters beyond 16 bits. */
class JsonTextTest {

    private final JsonText text = new JsonText(1);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "a \"quoted\" one",
                "back\\slash",
                "tab\tand\u0001control",
                "DEL \u007f",
                "umlaut \u00fc",
                "euro \u20ac",
                "slash /"
            })
    void writesTexts(String value) throws Exception {
        assertThat(text.reset().text(value).toBytes())
                .isEqualTo(jackson(json -> json.writeString(value)));
    }

    /** Jackson writes two escapes, which say the same. */
    @Test
    void writesACharacterBeyondSixteenBitsAsItIs() {
        assertThat(new String(text.reset().text("a\ud83d\ude00").toBytes(), StandardCharsets.UTF_8))
                .isEqualTo("\"a\ud83d\ude00\"");
    }

    @Test
    void writesNumbers() throws Exception {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            long whole = random.nextLong() >> random.nextInt(64);
            float part = Float.intBitsToFloat(random.nextInt());
            assertThat(text.reset().number(whole).toBytes())
                    .isEqualTo(jackson(json -> json.writeNumber(whole)));
            if (Float.isFinite(part)) {
                assertThat(text.reset().number(part).toBytes())
                        .isEqualTo(jackson(json -> json.writeNumber(part)));
            }
        }
        for (long whole : new long[] {0, 9, 10, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(text.reset().number(whole).toBytes())
                    .isEqualTo(jackson(json -> json.writeNumber(whole)));
        }
        for (float none : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThat(text.reset().number(none).toBytes())
                    .isEqualTo("null".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void writesWhatWasWrittenOnceMore() {
        text.reset().raw('"').inner("ab").raw('"').again(1, 3).bool(true).bool(false);
        assertThat(new String(text.toBytes(), StandardCharsets.US_ASCII))
                .isEqualTo("\"ab\"abtruefalse");
    }

    /** Writes one value. */
    private interface Value {
        void writeTo(JsonGenerator json) throws Exception;
    }

    private static byte[] jackson(Value value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.FACTORY.createGenerator(bytes)) {
            value.writeTo(json);
        }
        return bytes.toByteArray();
    }
}
