package com.shivx.models.validation;

import com.shivx.drift.bootstrap.StationaryBootstrap;
import com.shivx.models.Action;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A market of which everything is known: two signals that last for seconds push it up or down, and
 * a third makes it calm. Outcomes of a symbol within a horizon are drawn by the same lot, as real
 * ones that overlap hang together.
 */
public final class SimulatedMarket {

    public static final long SECOND = 1_000_000;
    public static final long HORIZON = 5 * SECOND;

    /** Blocks of a minute, few resamples. */
    public static final ValidationConfig CONFIG =
            new ValidationConfig(60 * SECOND, new StationaryBootstrap(3, 400, 0.95), null);

    private static final int SYMBOLS = 3;
    private static final double REMEMBERED = 0.95;

    private final int seconds;
    private final double strength;
    private final double[] first;
    private final double[] second;
    private final double[] calm;
    private final LabelledRows rows;

    public SimulatedMarket(long seed, int seconds, double strength) {
        this.seconds = seconds;
        this.strength = strength;
        Random random = new Random(seed);
        first = signal(random);
        second = signal(random);
        calm = signal(random);
        double[] truth = everything();
        int n = seconds * SYMBOLS;
        int[] truths = new int[n];
        double[] buy = new double[n];
        double[] sell = new double[n];
        double[] lots = new double[SYMBOLS];
        long[] times = new long[n];
        int[] symbols = new int[n];
        for (int row = 0; row < n; row++) {
            int second = row / SYMBOLS;
            int symbol = row % SYMBOLS;
            times[row] = second * SECOND;
            symbols[row] = symbol;
            if (second % 5 == 0) {
                lots[symbol] = random.nextDouble();
            }
            double down = truth[3 * row];
            truths[row] =
                    lots[symbol] < down ? 0 : lots[symbol] < down + truth[3 * row + 1] ? 1 : 2;
            buy[row] = 4 * (truths[row] - 1) - 1;
            sell[row] = 4 * (1 - truths[row]) - 1;
        }
        rows =
                new LabelledRows(
                        times,
                        symbols,
                        List.of("A", "B", "<C>"),
                        List.of("DOWN", "FLAT", "UP"),
                        List.of(Action.SELL, Action.HOLD, Action.BUY),
                        truths,
                        buy,
                        sell,
                        HORIZON);
    }

    private double[] signal(Random random) {
        double[] values = new double[seconds * SYMBOLS];
        for (int i = 0; i < values.length; i++) {
            double before = i < SYMBOLS ? random.nextGaussian() : values[i - SYMBOLS];
            values[i] =
                    REMEMBERED * before
                            + Math.sqrt(1 - REMEMBERED * REMEMBERED) * random.nextGaussian();
        }
        return values;
    }

    public LabelledRows rows() {
        return rows;
    }

    /** The probabilities that outcomes were drawn by. */
    public double[] everything() {
        return probabilities(1, 1, 1);
    }

    /** One of two models that know as much as each other. */
    public double[] firstSignal() {
        return probabilities(1, 0, 1);
    }

    public double[] secondSignal() {
        return probabilities(0, 1, 1);
    }

    /** Knows when it is calm, and not up from down. */
    public double[] volatilityOnly() {
        return probabilities(0, 0, 1);
    }

    /** Says more than it knows. */
    public double[] overconfident() {
        return probabilities(3, 3, 1);
    }

    private double[] probabilities(double ofFirst, double ofSecond, double ofCalm) {
        double[] all = new double[3 * first.length];
        for (int row = 0; row < first.length; row++) {
            double push = strength * (ofFirst * first[row] + ofSecond * second[row]);
            double[] weights = {
                Math.exp(-push), Math.exp(0.7 * ofCalm * calm[row]), Math.exp(push)
            };
            double sum = Arrays.stream(weights).sum();
            for (int c = 0; c < 3; c++) {
                all[3 * row + c] = weights[c] / sum;
            }
        }
        return all;
    }

    public ScoredModel model(String name, double[] probabilities) {
        return new ScoredModel(name, probabilities, 0);
    }

    /** As a new model, whose test span is the whole of these rows. */
    public NewModel candidate(double[] probabilities) {
        return new NewModel(
                model("direction@2.1.0", probabilities),
                null,
                rows.classFrequencies(),
                Map.of(),
                spans());
    }

    public Spans spans() {
        return new Spans(
                new Span(-9_000 * SECOND, -5_000 * SECOND),
                new Span(-4_000 * SECOND, -1_000 * SECOND),
                new Span(0, seconds * SECOND));
    }
}
