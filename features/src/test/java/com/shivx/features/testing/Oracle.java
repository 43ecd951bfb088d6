package com.shivx.features.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.shivx.features.Contract;
import com.shivx.features.ContractRules;
import com.shivx.features.Feature;
import com.shivx.features.FeatureSet;
import com.shivx.features.Kernel;
import com.shivx.features.Reading;
import com.shivx.features.SymbolState;
import com.shivx.features.WarmUp;
import com.shivx.features.Watch;
import com.shivx.features.tick.Tick;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Holds a kernel against its definition. */
public final class Oracle {

    private static final int TICKS = 800;
    private static final double RELATIVE = 1e-6;
    private static final double ABSOLUTE = 1e-10;

    private static final ContractRules CONTRACTS =
            new ContractRules(List.of(new ContractRules.Rule("cm:", Contract.inverse(100))));

    private Oracle() {}

    /**
     * The value equals the definition, NaN where it is, after each tick of every simulated tape.
     */
    public static <K extends Kernel> void assertAgrees(
            K kernel, Reading<K> reading, ToDoubleFunction<SlowMarket> definition) {
        int numbers = 0;
        for (SimulatedTape tape : SimulatedTape.all(7)) {
            numbers += assertAgrees(tape, setOf(kernel, reading), definition);
        }
        assertThat(numbers).as("values that are numbers").isGreaterThan(TICKS / 4);
    }

    private static int assertAgrees(
            SimulatedTape tape, FeatureSet set, ToDoubleFunction<SlowMarket> definition) {
        SymbolState state = set.newState();
        SlowMarket market = new SlowMarket(CONTRACTS.of(tape.symbol()));
        int numbers = 0;
        for (Tick tick : tape.ticks(TICKS)) {
            market.add(tick);
            double expected = definition.applyAsDouble(market);
            float value = set.update(tick, state).values()[0];
            if (Double.isNaN(expected)) {
                assertThat(value).as("%s", tick).isNaN();
            } else {
                numbers++;
                assertThat((double) value)
                        .as("%s", tick)
                        .isCloseTo(expected, within(ABSOLUTE + RELATIVE * Math.abs(expected)));
            }
        }
        return numbers;
    }

    /** A set of that one feature, never warming up. */
    public static <K extends Kernel> FeatureSet setOf(K kernel, Reading<K> reading) {
        return FeatureSet.builder("oracle")
                .contracts(CONTRACTS)
                .feature(
                        new Feature(
                                "value",
                                "1",
                                -Float.MAX_VALUE,
                                Float.MAX_VALUE,
                                WarmUp.NONE,
                                Watch.RANGE,
                                "Value under test"),
                        kernel,
                        reading)
                .build();
    }
}
