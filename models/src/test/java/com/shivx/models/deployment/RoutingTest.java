package com.shivx.models.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.codec.digest.MurmurHash3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTest {

    private static final ModelRef ONE = new ModelRef("1.0.0", "file:/m/1.onnx", "1".repeat(64));
    private static final ModelRef TWO = new ModelRef("2.0.0", "file:/m/2.onnx", "2".repeat(64));

    /** Published test vectors of the algorithm, seed 0. */
    @ParameterizedTest
    @CsvSource({"'', 0", "hello, 613153351", "'hello, world', 345750399"})
    void hashesAsTheAlgorithmSays(String text, int hash) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(MurmurHash3.hash32x86(bytes, 0, bytes.length, 0)).isEqualTo(hash);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.1, 0.5, 0.9})
    void servesItsShareOfUnits(double share) {
        Routing routing = new Routing(with(RoutingUnit.SYMBOL, share, "s"));
        long served =
                IntStream.range(0, 20_000).filter(i -> routing.toCanary("symbol" + i, 0)).count();
        assertThat(served / 20_000.0).isCloseTo(share, within(0.012));
    }

    @Test
    void keepsASymbolOrASliceOfItTogether() {
        Routing symbols = new Routing(with(RoutingUnit.SYMBOL, 0.5, "s"));
        Routing slices = new Routing(with(RoutingUnit.SYMBOL_SLICE, 0.5, "s"));
        assertThat(times().mapToObj(t -> symbols.toCanary("A", t)).distinct()).hasSize(1);
        assertThat(times().mapToObj(t -> slices.toCanary("A", t)).distinct()).hasSize(2);
        for (long minute = -3; minute < 50; minute++) {
            long start = minute * 60_000_000;
            assertThat(slices.toCanary("A", start + 59_999_999))
                    .isEqualTo(slices.toCanary("A", start));
        }
    }

    /** A unit that a small share serves is served by every larger one, and by another salt not. */
    @Test
    void growsWithTheShareAndDrawsAnewWithTheSalt() {
        Routing small = new Routing(with(RoutingUnit.SYMBOL, 0.1, "s"));
        Routing large = new Routing(with(RoutingUnit.SYMBOL, 0.5, "s"));
        Routing other = new Routing(with(RoutingUnit.SYMBOL, 0.1, "t"));
        List<String> served =
                IntStream.range(0, 1_000)
                        .mapToObj(i -> "symbol" + i)
                        .filter(symbol -> small.toCanary(symbol, 0))
                        .toList();
        assertThat(served).isNotEmpty().allMatch(symbol -> large.toCanary(symbol, 0));
        assertThat(served).anyMatch(symbol -> !other.toCanary(symbol, 0));
    }

    @Test
    void servesNothingWithoutACanary() {
        assertThat(new Routing(Deployment.initial("m", ONE)).toCanary("A", 0)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "*, spot:BTC, true",
        "spot:*, spot:BTC, true",
        "spot:*, um:BTC, false",
        "spot:?TC, spot:BTC, true",
        "spot:?TC, spot:BBTC, false",
        "a.c, abc, false",
        "[a], [a], true",
        "\\E*, \\Ex, true",
        "****************b, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, false"
    })
    void matchesSymbols(String glob, String symbol, boolean matches) {
        assertThat(new SymbolGlob(glob).matches(symbol)).isEqualTo(matches);
    }

    private static LongStream times() {
        return LongStream.range(0, 100).map(i -> i * 7_000_000);
    }

    private static Deployment with(RoutingUnit unit, double share, String salt) {
        return new Deployment(
                "m",
                3,
                DeploymentMode.CANARY,
                ONE,
                TWO,
                share,
                List.of(),
                "*",
                unit,
                Deployment.DEFAULT_SLICE_MICROS,
                salt,
                "r");
    }
}
