package com.shivx.models.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpansTest {

    @Test
    void purgesAHorizonBeforeEachBorder() {
        Spans spans = Spans.of(new Span(0, 1_000), 10, SpanShares.DEFAULT);

        assertThat(spans.fit()).isEqualTo(new Span(0, 590));
        assertThat(spans.tune()).isEqualTo(new Span(600, 790));
        assertThat(spans.test()).isEqualTo(new Span(800, 1_000));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 50})
    void walksForwardWithoutGapOrOverlapOfTheTests(int folds) {
        Span whole = new Span(17, 1_000_003);
        SpanShares shares = new SpanShares(0.5, 0.3, 0.2);

        List<Spans> all = Spans.walkForward(whole, 10, shares, folds);

        assertThat(all).hasSize(folds);
        assertThat(all.get(0).fit().fromMicros()).isEqualTo(17);
        assertThat(all.get(folds - 1).test().untilMicros()).isEqualTo(1_000_003);
        for (int fold = 0; fold < folds; fold++) {
            Spans spans = all.get(fold);
            assertThat(spans.tune().fromMicros() - spans.fit().untilMicros()).isEqualTo(10);
            assertThat(spans.test().fromMicros() - spans.tune().untilMicros()).isEqualTo(10);
            if (fold > 0) {
                assertThat(spans.test().fromMicros())
                        .isEqualTo(all.get(fold - 1).test().untilMicros());
            }
        }
    }

    @Test
    void refusesWhatCannotBeDivided() {
        assertThatThrownBy(() -> Spans.of(new Span(0, 100), 20, SpanShares.DEFAULT))
                .hasMessageContaining("too short for three spans");
        assertThatThrownBy(() -> Spans.of(new Span(0, 100), 0, SpanShares.DEFAULT))
                .hasMessageContaining("horizonMicros");
        assertThatThrownBy(() -> Spans.walkForward(new Span(0, 100), 1, SpanShares.DEFAULT, 0))
                .hasMessageContaining("folds");
        assertThatThrownBy(() -> new Span(5, 5)).hasMessageContaining("holds no time");
        assertThatThrownBy(() -> new SpanShares(0.6, 0.6, 0.2)).hasMessageContaining("sum to 1");
        assertThatThrownBy(() -> new SpanShares(0.8, 0.2, 0)).hasMessageContaining("above 0");
    }

    @Test
    void aSpanHoldsItsFirstMomentAndNotItsEnd() {
        Span span = new Span(0, 1_000_000);

        assertThat(span.holds(0)).isTrue();
        assertThat(span.holds(1_000_000)).isFalse();
        assertThat(span).hasToString("1970-01-01T00:00:00Z to 1970-01-01T00:00:01Z");
    }
}
