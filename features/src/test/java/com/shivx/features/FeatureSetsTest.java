package com.shivx.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FeatureSetsTest {

    @Test
    void findsTheSetThatShips() {
        assertThat(FeatureSets.byName("market-v1").name()).isEqualTo("market-v1");
    }

    @Test
    void namesTheKnownSetsWhereOneIsMissing() {
        assertThatThrownBy(() -> FeatureSets.byName("market-v9"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("No feature set 'market-v9'")
                .hasMessageContaining("market-v1");
    }
}
