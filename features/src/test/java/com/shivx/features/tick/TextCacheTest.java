package com.shivx.features.tick;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextCacheTest {

    private final TextCache cache = new TextCache();

    @Test
    void givesTheSameStringForTheSameText() {
        String first = cache.get("xBTCx".toCharArray(), 1, 3);

        assertThat(first).isEqualTo("BTC");
        assertThat(cache.get("BTC".toCharArray(), 0, 3)).isSameAs(first);
        assertThat(cache.get("BTC".getBytes(StandardCharsets.UTF_8), 0, 3)).isSameAs(first);
    }

    @Test
    void givesTheRightStringWhateverElseHashesAlike() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 20_000; i++) {
                String text = "S" + i;
                assertThat(cache.get(text.toCharArray(), 0, text.length())).isEqualTo(text);
                // "Aa" and "BB" have the same hash.
                assertThat(
                                cache.get(
                                        ("Aa" + i).getBytes(StandardCharsets.UTF_8),
                                        0,
                                        text.length() + 1))
                        .isEqualTo("Aa" + i);
                assertThat(
                                cache.get(
                                        ("BB" + i).getBytes(StandardCharsets.UTF_8),
                                        0,
                                        text.length() + 1))
                        .isEqualTo("BB" + i);
            }
        }
    }

    @Test
    void keepsNeitherLongTextsNorThoseBeyondAscii() {
        String text = "x".repeat(65);
        byte[] accented = "\u00e9".getBytes(StandardCharsets.UTF_8);

        assertThat(cache.get(text.toCharArray(), 0, 65))
                .isEqualTo(text)
                .isNotSameAs(cache.get(text.toCharArray(), 0, 65));
        assertThat(cache.get(text.getBytes(StandardCharsets.UTF_8), 0, 65)).isEqualTo(text);
        assertThat(cache.get(accented, 0, 2)).isEqualTo("\u00e9");
    }
}
