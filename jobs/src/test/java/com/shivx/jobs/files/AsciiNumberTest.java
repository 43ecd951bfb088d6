package com.shivx.jobs.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AsciiNumberTest {

    private final AsciiNumber number = new AsciiNumber();

    @Test
    void readsEveryDecimalAsTheJdkDoes() {
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            String digits = new BigInteger(1 + random.nextInt(80), random).toString();
            int point = random.nextInt(digits.length() + 1);
            String text =
                    (random.nextBoolean() ? "-" : "")
                            + digits.substring(0, point)
                            + (random.nextInt(4) == 0 ? "" : ".")
                            + digits.substring(point)
                            + (random.nextInt(8) == 0 ? "e" + (random.nextInt(700) - 350) : "");
            assertThat(readsNumber(text)).as(text).isTrue();
            assertThat(number.number()).as(text).isEqualTo(Double.parseDouble(text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "0.0",
                "-.5",
                "5.",
                "+1.5",
                "00061837.63000000",
                "9007199254740992",
                "9007199254740993",
                "900719925474099.3",
                "999999999999999999",
                "1000000000000000000",
                "0.0000000000000000001",
                "1e5",
                "1E-5",
                "123456789012345678901234567890",
                "1e999",
                "-1e999",
                "4.9e-324"
            })
    void readsTheEdgesAsTheJdkDoes(String text) {
        assertThat(readsNumber(text)).isTrue();
        assertThat(number.number()).isEqualTo(Double.parseDouble(text));
    }

    @ParameterizedTest
    @CsvSource({
        "nan, NaN",
        "NaN, NaN",
        "-nan, NaN",
        "inf, Infinity",
        "+Inf, Infinity",
        "-INFINITY, -Infinity"
    })
    void readsWhatIsNoFiniteNumberInAnyCase(String text, Double expected) {
        assertThat(readsNumber(text)).isTrue();
        assertThat(number.number()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "-", ".", "+", "e5", "1e", "1.2.3", "1-2", "1d", "2f", "0x1p3", " 1", "1 ",
                "--1", "nano", "١"
            })
    void refusesWhatIsNoNumber(String text) {
        assertThat(readsNumber(text)).isFalse();
    }

    @Test
    void readsEveryIntegerAsTheJdkDoes() {
        Random random = new Random(2);
        for (int i = 0; i < 100_000; i++) {
            String text = String.valueOf(random.nextLong() >> random.nextInt(64));
            assertThat(readsInteger(text, 0)).as(text).isTrue();
            assertThat(number.integer()).isEqualTo(Long.parseLong(text));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "007", "9223372036854775807", "-9223372036854775808"})
    void readsTheEdgesOfLong(String text) {
        assertThat(readsInteger(text, 0)).isTrue();
        assertThat(number.integer()).isEqualTo(Long.parseLong(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+1",
                "1.0",
                "1.",
                "1e3",
                "1 ",
                "x",
                "9223372036854775808",
                "-9223372036854775809",
                "99999999999999999999999999"
            })
    void refusesWhatIsNoLong(String text) {
        assertThat(readsInteger(text, 0)).isFalse();
    }

    @Test
    void readsFixedDecimalsAndCutsOffTheRest() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            String text =
                    new BigDecimal(BigInteger.valueOf(random.nextInt()), random.nextInt(7))
                            .toPlainString();
            BigDecimal expected =
                    new BigDecimal(text).movePointRight(3).setScale(0, RoundingMode.DOWN);
            assertThat(readsInteger(text, 3)).as(text).isTrue();
            assertThat(number.integer()).as(text).isEqualTo(expected.longValueExact());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".5",
                "-.5",
                "1..2",
                "1.2.3",
                "1.2x",
                "9223372036854776",
                "-9223372036854775.809"
            })
    void refusesWhatIsNoFixedDecimal(String text) {
        assertThat(readsInteger(text, 3)).isFalse();
    }

    private boolean readsNumber(String text) {
        byte[] bytes = ('7' + text + '7').getBytes(StandardCharsets.UTF_8);
        return number.readNumber(bytes, 1, bytes.length - 1);
    }

    private boolean readsInteger(String text, int decimals) {
        byte[] bytes = ('7' + text + '7').getBytes(StandardCharsets.UTF_8);
        return number.readInteger(bytes, 1, bytes.length - 1, decimals);
    }
}
