package com.shivx.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureTest {

    private final Feature spread =
            new Feature(
                    "spread_bps",
                    "bps",
                    0,
                    20_000,
                    WarmUp.ticks(2).and(WarmUp.seconds(60)),
                    Watch.DISTRIBUTION,
                    "Ask minus bid over mid");

    @ParameterizedTest
    @ValueSource(floats = {0, -0.0f, 1, 20_000, Float.NaN})
    void acceptsWhatIsInRangeAndWhatIsMissing(float value) {
        assertThat(spread.problem(value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.001f, 20_000.002f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void namesFeatureValueRangeAndRemedy(float value) {
        assertThat(spread.problem(value))
                .hasValueSatisfying(
                        problem ->
                                assertThat(problem)
                                        .contains("spread_bps")
                                        .contains(Float.toString(value))
                                        .contains("[0, 20000] (bps)")
                                        .contains("widen the range in its schema"));
    }

    @Test
    void boundsAreThoseOfAFloat() {
        Feature percentB =
                new Feature("b", "1", -0.6, 1.6, WarmUp.NONE, Watch.RANGE, "Rounds up as a float");
        assertThat(percentB.problem(1.6f)).isEmpty();
        assertThat(percentB.problem(-0.6f)).isEmpty();
    }

    @Test
    void printsItselfAsARowUnderTheHeadings() {
        String row = spread.describe();
        assertThat(row)
                .contains("spread_bps", "float32", "[0, 20000]", "bps", "2 ticks, 60 s")
                .endsWith("Ask minus bid over mid");
        assertThat(row.indexOf("float32")).isEqualTo(Feature.DESCRIPTION_HEADER.indexOf("TYPE"));
        assertThat(row.indexOf("Ask")).isEqualTo(Feature.DESCRIPTION_HEADER.indexOf("MEANING"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Spread", "spread-bps", "1st", "spread bps"})
    void refusesNamesThatAreNotSnakeCase(String name) {
        assertThatThrownBy(() -> feature(name, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "' must be snake_case");
    }

    @Test
    void refusesRangesThatHoldNothingOrEverything() {
        assertThatThrownBy(() -> feature("x", 1, 1)).hasMessageContaining("not [1.0, 1.0]");
        assertThatThrownBy(() -> feature("x", Double.NaN, 1)).hasMessageContaining("finite range");
        assertThatThrownBy(() -> feature("x", 0, Double.POSITIVE_INFINITY))
                .hasMessageContaining("finite range");
        assertThatThrownBy(() -> feature("x", Double.NEGATIVE_INFINITY, 0))
                .hasMessageContaining("finite range");
    }

    private static Feature feature(String name, double min, double max) {
        return new Feature(name, "1", min, max, WarmUp.NONE, Watch.RANGE, "Whatever");
    }
}
