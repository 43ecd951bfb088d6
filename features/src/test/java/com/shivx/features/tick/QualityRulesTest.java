package com.shivx.features.tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QualityRulesTest {

    @Test
    void defaultsAreTheDocumentedOnes() {
        assertThat(QualityRules.DEFAULT)
                .isEqualTo(new QualityRules(250_000, 1_000, 604_800_000_000L, 60_000_000));
    }

    @Test
    void refusesWhatCannotBeMeant() {
        Duration second = Duration.ofSeconds(1);
        Duration before = Duration.ofSeconds(-1);
        assertThatThrownBy(() -> QualityRules.of(before, 0, second, second))
                .hasMessageContaining("allowed disorder must not be negative");
        assertThatThrownBy(() -> QualityRules.of(Duration.ZERO, -1, second, second))
                .hasMessageContaining("session reset must not be negative");
        assertThatThrownBy(() -> QualityRules.of(Duration.ZERO, 0, second, before))
                .hasMessageContaining("most ahead of reception must not be negative");
        assertThatThrownBy(() -> QualityRules.of(second, 0, second, second))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be above the allowed disorder");
    }
}
