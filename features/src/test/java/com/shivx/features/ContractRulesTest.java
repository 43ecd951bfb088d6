package com.shivx.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContractRulesTest {

    private final ContractRules rules =
            new ContractRules(
                    List.of(
                            new ContractRules.Rule("cm:BTC", Contract.inverse(100)),
                            new ContractRules.Rule("cm:", Contract.inverse(10)),
                            new ContractRules.Rule("fut:", Contract.linear(50))));

    @Test
    void theFirstPrefixThatFitsDecides() {
        assertThat(rules.of("cm:BTCUSD_PERP")).isEqualTo(Contract.inverse(100));
        assertThat(rules.of("cm:ETHUSD_PERP")).isEqualTo(Contract.inverse(10));
        assertThat(rules.of("spot:BTCUSDT")).isEqualTo(Contract.UNIT);
    }

    @Test
    void anInverseContractIsWorthTheSameAtAnyPrice() {
        assertThat(rules.of("cm:BTCUSD_PERP").notional(60_000, 3)).isEqualTo(300);
        assertThat(rules.of("fut:ES").notional(5_000, 2)).isEqualTo(500_000);
        assertThat(Contract.UNIT.notional(60_000, 0.5)).isEqualTo(30_000);
    }

    @Test
    void refusesAContractWorthNothing() {
        assertThatThrownBy(() -> Contract.linear(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("positive and finite");
        assertThatThrownBy(() -> Contract.inverse(Double.POSITIVE_INFINITY))
                .hasMessageContaining("positive and finite");
    }
}
