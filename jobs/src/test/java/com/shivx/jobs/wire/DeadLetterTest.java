package com.shivx.jobs.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.shivx.models.wire.DeadLetterReason;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DeadLetterTest {

    private static final UnreadableTickException PROBLEM =
            new UnreadableTickException(DeadLetterReason.TOO_LARGE, "why");

    @Test
    void keepsKeyAndValueAsTheyAre() {
        byte[] key = {1};
        byte[] value = "abc".getBytes(StandardCharsets.UTF_8);

        DeadLetter letter = DeadLetter.of(key, value, "ticks", 3, 17, PROBLEM, "scoring");

        assertThat(letter.key()).isSameAs(key);
        assertThat(letter.value()).isSameAs(value);
        assertThat(letter.headers())
                .containsExactly(
                        entry("shivx.error.topic", "ticks"),
                        entry("shivx.error.partition", "3"),
                        entry("shivx.error.offset", "17"),
                        entry("shivx.error.reason", "TOO_LARGE"),
                        entry("shivx.error.message", "why"),
                        entry("shivx.error.job", "scoring"),
                        entry("shivx.error.length", "3"),
                        entry(
                                "shivx.error.sha256",
                                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    @Test
    void keepsTheBeginningOfALongValueWithLengthAndDigestOfTheWhole() {
        byte[] value = new byte[100_000];

        DeadLetter letter = DeadLetter.of(null, value, "ticks", 0, 0, PROBLEM, "scoring");

        assertThat(letter.value()).hasSize(65_536);
        assertThat(letter.length()).isEqualTo(100_000);
        assertThat(letter.sha256()).isEqualTo(new Sha256().update(value, 0, value.length).hex());
    }

    @Test
    void keepsNothingOfARecordWithoutValue() {
        DeadLetter letter = DeadLetter.of(null, null, "ticks", 0, 0, PROBLEM, "scoring");

        assertThat(letter.value()).isEmpty();
        assertThat(letter.length()).isZero();
    }
}
