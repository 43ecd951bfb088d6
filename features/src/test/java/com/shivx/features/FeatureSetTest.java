package com.shivx.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.features.book.TopOfBook;
import com.shivx.features.returns.LogReturns;
import com.shivx.features.returns.TickReturn;
import com.shivx.features.tick.Tick;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureSetTest {

    private static final long START = 1_723_161_600_000_000L;

    private final FeatureSet set = pair("pair").build();

    private static FeatureSet.Builder pair(String name) {
        return FeatureSet.builder(name)
                .feature(
                        schema("spread_bps", 100, WarmUp.NONE),
                        new TopOfBook(),
                        TopOfBook::spreadBps)
                .feature(
                        schema("log_return", 1, WarmUp.bars(3)),
                        new LogReturns(3),
                        (kernel, now, state, at) -> kernel.over(3, now, state, at));
    }

    private static Feature schema(String name, double max, WarmUp warmUp) {
        return new Feature(name, "1", -max, max, warmUp, Watch.DISTRIBUTION, "Test");
    }

    @Test
    void keepsTheOrderOfItsFeatures() {
        assertThat(set.features())
                .extracting(Feature::name)
                .containsExactly("spread_bps", "log_return");
        assertThat(set.size()).isEqualTo(2);
        assertThat(set.indexOf("log_return")).isEqualTo(1);
        assertThat(set.warmUp()).isEqualTo(WarmUp.bars(3));
        assertThatThrownBy(() -> set.indexOf("volume"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No feature 'volume' in pair; it has spread_bps, log_return");
    }

    @Test
    void hashesWhatTheNumbersMeanAndNotTheProse() {
        assertThat(set.hash()).hasSize(64).startsWith(set.shortHash());
        assertThat(set).hasToString("pair~" + set.shortHash());
        assertThat(pair("pair").build().hash()).isEqualTo(set.hash());
        assertThat(pair("pair-2").build().hash()).isNotEqualTo(set.hash());
        assertThat(pair("pair").bars(Duration.ofSeconds(2)).build().hash())
                .isNotEqualTo(set.hash());
        assertThat(pair("pair").sessionGap(Duration.ofSeconds(2)).build().hash())
                .isNotEqualTo(set.hash());
        assertThat(
                        pair("pair")
                                .contracts(
                                        new ContractRules(
                                                List.of(
                                                        new ContractRules.Rule(
                                                                "cm:", Contract.inverse(10)))))
                                .build()
                                .hash())
                .isNotEqualTo(set.hash());
        assertThat(ofReturns(3, "Prose").hash()).isEqualTo(ofReturns(3, "Other prose").hash());
        assertThat(ofReturns(3, "Prose").hash()).isNotEqualTo(ofReturns(4, "Prose").hash());
    }

    private static FeatureSet ofReturns(int bars, String description) {
        return FeatureSet.builder("returns")
                .feature(
                        new Feature("r", "1", -1, 1, WarmUp.NONE, Watch.RANGE, description),
                        new LogReturns(bars),
                        (kernel, now, state, at) -> kernel.over(1, now, state, at))
                .build();
    }

    @Test
    void refusesASetThatCannotBe() {
        assertThatThrownBy(() -> FeatureSet.builder("none").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none has no feature");
        assertThatThrownBy(
                        () ->
                                pair("twice")
                                        .feature(
                                                schema("spread_bps", 1, WarmUp.NONE),
                                                new TickReturn(),
                                                TickReturn::value))
                .hasMessageContaining("twice has two features named spread_bps");
        assertThatThrownBy(() -> pair("flat").bars(Duration.ZERO).build())
                .hasMessageContaining("A bar lasts a positive time");
    }

    @Test
    void isReadyWhenEveryFeatureIsAndSilentAboutThoseThatAreNot() {
        SymbolState state = set.newState();
        assertThat(at(0, state).values()[0]).isNotNaN();
        assertThat(at(0, state).values()[1]).isNaN();
        assertThat(at(2, state).ready()).isFalse();
        FeatureVector warm = at(3, state);
        assertThat(warm.ready()).isTrue();
        assertThat(warm.values()).doesNotContain(Float.NaN);
    }

    @Test
    void aSessionGapMakesBarFeaturesNotReady() {
        SymbolState state = set.newState();
        at(0, state);
        assertThat(at(600, state).ready()).as("600 s").isTrue();
        assertThat(at(1_200.000001, state).ready()).as("a microsecond more").isFalse();
        assertThat(at(1_202, state).ready()).isFalse();
        assertThat(at(1_203, state).ready()).isTrue();
    }

    private FeatureVector at(double seconds, SymbolState state) {
        return set.update(quote(seconds), state);
    }

    private static Tick quote(double seconds) {
        long micros = START + Math.round(seconds * 1e6);
        return Tick.quote("s", micros, micros, 7, 100, 1, 100.01, 1);
    }

    @Test
    void namesTheVectorByItsTick() {
        Tick quote = quote(0);
        assertThat(FeatureVector.idOf(quote, "abcdef01"))
                .isEqualTo("s~Q~1723161600000000~7~abcdef01");
        Tick trade = Tick.trade("s", START, START, Tick.NO_SEQUENCE, 100, 1, null).atRow(12);
        assertThat(FeatureVector.idOf(trade, "abcdef01"))
                .isEqualTo("s~T~1723161600000000~r12~abcdef01");
        FeatureVector vector = set.update(quote, set.newState());
        assertThat(vector.vectorId()).isEqualTo(FeatureVector.idOf(quote, set.shortHash()));
        assertThat(vector.featureSetHash()).isEqualTo(set.hash());
    }

    @Test
    void startsColdFromNumbersThatAreNotItsOwn() {
        SymbolState state = set.newState();
        at(0, state);
        at(9, state);
        SymbolState cold = set.newState();
        FeatureSet other = pair("other").build();
        assertThat(other.update(quote(10), state).values())
                .isEqualTo(other.update(quote(10), cold).values());
    }

    @Test
    void equalKernelsShareASlice() {
        FeatureSet twice =
                FeatureSet.builder("twice")
                        .feature(schema("a", 1, WarmUp.NONE), new LogReturns(9), over(1))
                        .feature(schema("b", 1, WarmUp.NONE), new LogReturns(9), over(9))
                        .build();
        SymbolState once = new SymbolState();
        SymbolState both = new SymbolState();
        ofReturns(9, "Once").update(quote(0), once);
        twice.update(quote(0), both);
        assertThat(both.slots).hasSameSizeAs(once.slots);
    }

    private static Reading<LogReturns> over(int bars) {
        return (kernel, now, state, at) -> kernel.over(bars, now, state, at);
    }

    @Test
    void findsWhatIsWrongWithAVector() {
        FeatureVector good = set.update(quote(0), set.newState());
        assertThat(set.problems(good)).isEmpty();
        assertThat(set.problems(with(good, set.hash(), -101, 2)))
                .hasSize(2)
                .anySatisfy(p -> assertThat(p).contains("spread_bps is -101.0"))
                .anySatisfy(p -> assertThat(p).contains("log_return is 2.0"));
        assertThat(set.problems(with(good, set.hash(), 1)))
                .singleElement()
                .asString()
                .contains(good.vectorId(), "has 1 values where pair has 2 features");
        assertThat(set.problems(with(good, "1234", 1, 1)))
                .singleElement()
                .asString()
                .contains("is of feature set 1234, not of pair (" + set.hash() + ")");
    }

    private static FeatureVector with(FeatureVector v, String hash, float... values) {
        return new FeatureVector(
                v.vectorId(), v.symbol(), v.kind(), v.eventTimeMicros(), hash, v.ready(), values);
    }

    @Test
    void printsItselfAsATable() {
        assertThat(set.describe().lines())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("NAME")
                .endsWith("MEANING");
    }
}
