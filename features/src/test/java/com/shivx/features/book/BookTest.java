package com.shivx.features.book;

import com.shivx.features.testing.Oracle;
import com.shivx.features.testing.SlowMarket;
import com.shivx.features.testing.SlowMarket.Entry;
import com.shivx.features.tick.Tick;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookTest {

    private final TopOfBook book = new TopOfBook();

    @Test
    void spreadIsAskLessBid() {
        Oracle.assertAgrees(book, TopOfBook::spreadBps, ofLastQuote(BookTest::spreadBps));
    }

    @Test
    void queueImbalanceComparesSizes() {
        Oracle.assertAgrees(
                book,
                TopOfBook::queueImbalance,
                ofLastQuote(q -> (q.bidSize() - q.askSize()) / (q.bidSize() + q.askSize())));
    }

    @Test
    void micropriceLeansToTheSmallerSize() {
        Oracle.assertAgrees(
                book,
                TopOfBook::micropriceDeviationBps,
                ofLastQuote(
                        q -> {
                            double bidShare = q.bidSize() / (q.bidSize() + q.askSize());
                            double halfSpread = (q.askPrice() - q.bidPrice()) / 2;
                            return (2 * bidShare - 1) * halfSpread / q.mid() * 1e4;
                        }));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10})
    void orderFlowAddsUpEventsInUnitsOfDepth(int halfLife) {
        Oracle.assertAgrees(
                new OrderFlow(halfLife),
                OrderFlow::imbalance,
                market -> {
                    List<Entry> quotes = market.entries(Entry::isQuote);
                    List<Entry> sized = quotes.stream().filter(BookTest::isSized).toList();
                    double depth =
                            market.decayedSum(sized, halfLife, BookTest::depth)
                                    / market.decayedSum(sized, halfLife, q -> 1);
                    double flow =
                            market.decayedSum(
                                    sized, halfLife, q -> event(quotes, quotes.indexOf(q)));
                    return flow / depth;
                });
    }

    private static boolean isSized(Entry quote) {
        return !Double.isNaN(quote.tick().bidSize());
    }

    private static double depth(Entry quote) {
        return (quote.tick().bidSize() + quote.tick().askSize()) / 2;
    }

    /** The three cases of each side, as the paper draws them. */
    private static double event(List<Entry> quotes, int index) {
        if (index == 0 || !isSized(quotes.get(index - 1))) {
            return 0;
        }
        Tick now = quotes.get(index).tick();
        Tick before = quotes.get(index - 1).tick();
        double bid =
                now.bidPrice() > before.bidPrice()
                        ? now.bidSize()
                        : now.bidPrice() < before.bidPrice()
                                ? -before.bidSize()
                                : now.bidSize() - before.bidSize();
        double ask =
                now.askPrice() < before.askPrice()
                        ? now.askSize()
                        : now.askPrice() > before.askPrice()
                                ? -before.askSize()
                                : now.askSize() - before.askSize();
        return bid - ask;
    }

    @Test
    void quoteIntensityCountsQuotes() {
        Oracle.assertAgrees(
                new QuoteIntensity(10),
                QuoteIntensity::perSecond,
                market -> {
                    List<Entry> quotes = market.entries(Entry::isQuote);
                    return quotes.isEmpty()
                            ? Double.NaN
                            : market.decayedSum(quotes, 10, q -> 1) * Math.log(2) / 10;
                });
    }

    @Test
    void spreadRatioComparesWithTheMeanSpread() {
        Oracle.assertAgrees(
                new SpreadRatio(60),
                SpreadRatio::value,
                market -> {
                    List<Entry> quotes = market.entries(Entry::isQuote);
                    double mean =
                            market.decayedSum(quotes, 60, q -> spreadBps(q.tick()))
                                    / market.decayedSum(quotes, 60, q -> 1);
                    return lastQuote(market, BookTest::spreadBps) / mean;
                });
    }

    private static double spreadBps(Tick quote) {
        return (quote.askPrice() - quote.bidPrice()) / quote.mid() * 1e4;
    }

    private static ToDoubleFunction<SlowMarket> ofLastQuote(ToDoubleFunction<Tick> value) {
        return market -> lastQuote(market, value);
    }

    private static double lastQuote(SlowMarket market, ToDoubleFunction<Tick> value) {
        List<Entry> quotes = market.entries(Entry::isQuote);
        return quotes.isEmpty()
                ? Double.NaN
                : value.applyAsDouble(quotes.get(quotes.size() - 1).tick());
    }
}
