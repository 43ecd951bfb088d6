package com.shivx.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MedianTest {

    @Test
    void isTheMiddleOneWhateverTheOrder() {
        assertThat(Median.of(List.of(5.0, 1.0, 3.0))).isEqualTo(3);
        assertThat(Median.of(List.of(2.0))).isEqualTo(2);
    }

    @Test
    void isTheMeanOfTheMiddleTwo() {
        assertThat(Median.of(List.of(8.0, 1.0, 3.0, 4.0))).isEqualTo(3.5);
    }

    @Test
    void isNotANumberOfNone() {
        assertThat(Median.of(List.of())).isNaN();
    }
}
