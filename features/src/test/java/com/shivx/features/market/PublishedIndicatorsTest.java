package com.shivx.features.market;

import com.shivx.features.Kernel;
import com.shivx.features.Reading;
import com.shivx.features.oscillator.Bollinger;
import com.shivx.features.oscillator.Rsi;
import com.shivx.features.oscillator.Stochastic;
import com.shivx.features.testing.BarFeed;
import com.shivx.features.testing.PublishedSheet;
import com.shivx.features.trend.Macd;
import com.shivx.features.trend.RateOfChange;
import com.shivx.features.trend.Seed;
import com.shivx.features.volatility.Atr;
import com.shivx.features.volume.RollingVwap;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Indicators against values that others published, to the last digit published. {@code lean} is
 * QuantConnect's, computed by TA-Lib and other platforms; {@code stockcharts} are StockCharts' own
 * worked examples as the library {@code ta} tests against them. Where the two differ, the test says
 * whose convention it holds.
 */
class PublishedIndicatorsTest {

    /** The sheet is right to its last digit. */
    private static final double EXACT = 0;

    private static final Macd MACD = new Macd(12, 26, 9, Seed.AVERAGE);

    /** Seeds are averages; the first line is that of bar 26. */
    @Test
    void macdOfLean() {
        PublishedSheet sheet = PublishedSheet.read("lean", "spy_with_indicators.txt");
        sheet.assertAgrees(perClose(sheet, MACD, Macd::line), "MACD 12 26", 25, 2e-4);
        // This sheet begins to publish at row 179.
        PublishedSheet monthly = PublishedSheet.read("lean", "spy_with_macd.txt");
        monthly.assertAgrees(perClose(monthly, MACD, Macd::line), "MACD", 25, 7e-6);
        monthly.assertAgrees(perClose(monthly, MACD, Macd::signal), "Signal", 33, 7e-6);
        monthly.assertAgrees(perClose(monthly, MACD, Macd::histogram), "Histogram", 33, 1e-5);
    }

    /**
     * Seeds are first values; the sheet's signal starts from one of its own, forgotten by row 100.
     */
    @Test
    void macdOfStockCharts() {
        Macd macd = new Macd(12, 26, 9, Seed.FIRST);
        PublishedSheet sheet = PublishedSheet.read("stockcharts", "cs-macd.csv");
        sheet.assertAgrees(perClose(sheet, macd, Macd::line), "MACD_line", 0, EXACT);
        double[] signal = perClose(sheet, macd, Macd::signal);
        sheet.assertAgrees(from(100, signal), "MACD_signal", 100, EXACT);
        double[] histogram = perClose(sheet, macd, Macd::histogram);
        sheet.assertAgrees(from(100, histogram), "MACD_diff", 100, EXACT);
    }

    /** Wilder's averages, seeded by the average of the first 14 changes. */
    @Test
    void rsiOfLean() {
        PublishedSheet sheet = PublishedSheet.read("lean", "spy_with_indicators.txt");
        double[] rsi = ofCloses(sheet, new Rsi(14, Seed.AVERAGE), Rsi::value);
        sheet.assertAgrees(rsi, "RSI 14 Wilder", 14, EXACT);
    }

    /** Wilder's averages, seeded by a change of 0 at the first bar, which a bar before it makes. */
    @Test
    void rsiOfStockCharts() {
        PublishedSheet sheet = PublishedSheet.read("stockcharts", "cs-rsi.csv");
        BarFeed feed = BarFeed.of(new Rsi(14, Seed.FIRST), Rsi::value);
        double first = sheet.number(0, "Close");
        feed.trades(first).close(first);
        double[] rsi = new double[sheet.size()];
        for (int row = 0; row < rsi.length; row++) {
            double close = sheet.number(row, "Close");
            rsi[row] = feed.trades(close).close(close);
        }
        sheet.assertAgrees(from(13, rsi), "RSI", 13, EXACT);
    }

    /** The first bar's high minus low counts in the seed: the first value is that of bar 14. */
    @ParameterizedTest
    @CsvSource({"lean, spy_atr_wilder.txt, Average True Range 14", "stockcharts, cs-atr.csv, ATR"})
    void atr(String source, String name, String column) {
        PublishedSheet sheet = PublishedSheet.read(source, name);
        BarFeed feed = BarFeed.of(new Atr(14), Atr::bps);
        double[] atr = new double[sheet.size()];
        for (int row = 0; row < atr.length; row++) {
            double close = sheet.number(row, "Close");
            feed.trades(sheet.number(row, "High"), sheet.number(row, "Low"), close);
            atr[row] = feed.close(close) * close / 1e4;
        }
        sheet.assertAgrees(atr, column, 13, EXACT);
    }

    /** Population deviation. */
    @Test
    void bollingerOfLean() {
        PublishedSheet sheet = PublishedSheet.read("lean", "spy_bollinger_bands.txt");
        Bollinger bands = new Bollinger(20, 2);
        sheet.assertAgrees(ofCloses(sheet, bands, Bollinger::percentB), "%B", 19, 1.1e-4);
        sheet.assertAgrees(ofCloses(sheet, bands, Bollinger::bandwidth), "BandWidth", 19, 2e-4);
    }

    /** Population deviation. */
    @Test
    void bollingerOfStockCharts() {
        PublishedSheet sheet = PublishedSheet.read("stockcharts", "cs-bbands.csv");
        Bollinger bands = new Bollinger(20, 2);
        sheet.assertAgrees(
                ofCloses(sheet, bands, Bollinger::percentB), "PercentageBand", 19, EXACT);
        sheet.assertAgrees(ofCloses(sheet, bands, Bollinger::bandwidth), "WidthBand", 19, EXACT);
    }

    /** Moving over 50 bars, each at the mean of its open, high, low and close. */
    @Test
    void vwapOfLean() {
        PublishedSheet sheet = PublishedSheet.read("lean", "spy_with_vwap.txt");
        double[] vwap = vwap(sheet, 50, "Open", "High", "Low", "Close");
        sheet.assertAgrees(vwap, "Moving VWAP 50", 49, EXACT);
    }

    /** Moving over 14 bars, each at its typical price. */
    @Test
    void vwapOfStockCharts() {
        PublishedSheet sheet = PublishedSheet.read("stockcharts", "cs-vwap.csv");
        sheet.assertAgrees(vwap(sheet, 14, "High", "Low", "Close"), "vwap", 13, EXACT);
    }

    private static double[] vwap(PublishedSheet sheet, int bars, String... prices) {
        BarFeed feed = BarFeed.of(new RollingVwap(bars), RollingVwap::deviationBps);
        double[] vwap = new double[sheet.size()];
        for (int row = 0; row < vwap.length; row++) {
            double price = 0;
            for (String column : prices) {
                price += sheet.number(row, column) / prices.length;
            }
            feed.trade(price, sheet.number(row, "Volume"));
            vwap[row] = price / (1 + feed.close(price) / 1e4);
        }
        // Ours is over fewer bars until the window is full.
        return from(bars - 1, vwap);
    }

    /** A fraction in one, percent in the other. */
    @Test
    void rateOfChange() {
        PublishedSheet lean = PublishedSheet.read("lean", "spy_with_rocp50.txt");
        double[] ofLean = ofCloses(lean, new RateOfChange(50), RateOfChange::value);
        lean.assertAgrees(times(ofLean, 100), "Rate of Change % 50", 50, 2e-5);
        PublishedSheet charts = PublishedSheet.read("stockcharts", "cs-roc.csv");
        double[] ofCharts = ofCloses(charts, new RateOfChange(12), RateOfChange::value);
        charts.assertAgrees(times(ofCharts, 100), "ROC", 12, EXACT);
    }

    /** StockCharts' sheet gives the close from the bar on in which the window is full. */
    @Test
    void stochasticOfStockCharts() {
        PublishedSheet sheet = PublishedSheet.read("stockcharts", "cs-soo.csv");
        BarFeed feed = BarFeed.of(new Stochastic(14), Stochastic::percentK);
        double[] stochastic = new double[sheet.size()];
        for (int row = 0; row < stochastic.length; row++) {
            double low = sheet.number(row, "Low");
            double close = row < 13 ? low : sheet.number(row, "Close");
            stochastic[row] = feed.trades(sheet.number(row, "High"), low, close).close(close);
        }
        sheet.assertAgrees(stochastic, "SO", 13, EXACT);
    }

    private static double[] from(int row, double[] values) {
        Arrays.fill(values, 0, row, Double.NaN);
        return values;
    }

    private static double[] times(double[] values, double factor) {
        double[] product = new double[values.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = values[i] * factor;
        }
        return product;
    }

    /** A feature that is divided by the close, in units of the price. */
    private static <K extends Kernel> double[] perClose(
            PublishedSheet sheet, K kernel, Reading<K> reading) {
        double[] values = ofCloses(sheet, kernel, reading);
        for (int row = 0; row < values.length; row++) {
            values[row] *= sheet.number(row, "Close");
        }
        return values;
    }

    private static <K extends Kernel> double[] ofCloses(
            PublishedSheet sheet, K kernel, Reading<K> reading) {
        BarFeed feed = BarFeed.of(kernel, reading);
        double[] values = new double[sheet.size()];
        for (int row = 0; row < values.length; row++) {
            double close = sheet.number(row, "Close");
            values[row] = feed.trades(close).close(close);
        }
        return values;
    }
}
