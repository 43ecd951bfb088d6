package com.shivx.models;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedTest {

    @Test
    void oneIsNotSeveral() {
        assertThat(Counted.of(0, "symbol")).isEqualTo("0 symbols");
        assertThat(Counted.of(1, "symbol")).isEqualTo("1 symbol");
        assertThat(Counted.of(12_000, "row")).isEqualTo("12,000 rows");
    }
}
