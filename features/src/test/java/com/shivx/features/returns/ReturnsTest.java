package com.shivx.features.returns;

import com.shivx.features.bar.Bar;
import com.shivx.features.testing.Oracle;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 60})
    void measuresAgainstTheCloseOfABarBefore(int bars) {
        Oracle.assertAgrees(
                new LogReturns(60),
                (kernel, now, state, at) -> kernel.over(bars, now, state, at),
                market -> {
                    List<Bar> last = market.lastBars(bars);
                    return last.isEmpty()
                            ? Double.NaN
                            : Math.log(market.now().price() / last.get(0).close());
                });
    }

    @Test
    void measuresAgainstTheTickBefore() {
        Oracle.assertAgrees(
                new TickReturn(),
                TickReturn::value,
                market -> {
                    int size = market.entries().size();
                    boolean switched =
                            market.now().isQuote() && market.entries(e -> e.isQuote()).size() == 1;
                    return size == 1 || switched
                            ? Double.NaN
                            : Math.log(
                                    market.now().price() / market.entries().get(size - 2).price());
                });
    }
}
