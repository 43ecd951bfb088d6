package com.shivx.jobs.testing;

import com.shivx.features.FeatureVector;
import com.shivx.features.tick.QualityRules;
import com.shivx.features.tick.QualityState;
import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickKind;
import com.shivx.features.tick.TickQuality;
import com.shivx.models.Prediction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes and accuracy by the definition, with whole tapes in memory and none of the product's
 * code but for which ticks are good. Thresholds by volatility, no fees.
 */
public final class ReplayedOutcomes {

    private static final long HOUR = 3_600_000_000L;
    private static final long WINDOW = 60_000_000L;

    /** One good tick and the market after it. */
    private static final class Point {
        private String id = "";
        private long clock;
        private long priced;
        private double price;
        private double bid;
        private double ask;
        private double sigma;
    }

    /** One outcome. */
    public record Result(
            String direction,
            double logReturn,
            double pnlBps,
            double buyBps,
            double sellBps,
            boolean instant,
            long decided) {}

    /** The numbers of one row of accuracy. */
    public static final class Row {
        public long known;
        public long right;
        public long missing;
        public long served;
        public final Set<String> symbols = new HashSet<>();
        public long instants;
        public long instantsRight;
        public long positions;
        public double logLoss;
        public double pnlBps;
        public long better;
        public long worse;
        public long even;
    }

    private final Map<String, Result> results = new LinkedHashMap<>();
    private final Map<String, Row> rows = new TreeMap<>();

    /** Predictions of one model in the order of the tape, the champion's before the others'. */
    public ReplayedOutcomes(List<Tick> tape, List<Prediction> predictions, long[] horizons) {
        Map<String, List<Point>> markets = markets(tape);
        Map<String, Integer> places = new HashMap<>();
        markets.values()
                .forEach(
                        points -> {
                            for (int i = 0; i < points.size(); i++) {
                                places.put(points.get(i).id, i);
                            }
                        });
        for (long horizon : horizons) {
            replay(markets, places, predictions, horizon);
        }
    }

    /** By prediction id and horizon, separated by a blank. */
    public Map<String, Result> results() {
        return results;
    }

    /** By version, horizon and start of the window, separated by blanks. */
    public Map<String, Row> rows() {
        return rows;
    }

    private static Map<String, List<Point>> markets(List<Tick> tape) {
        Map<String, QualityState> qualities = new HashMap<>();
        Map<String, List<Point>> markets = new HashMap<>();
        Map<String, double[]> sums = new HashMap<>();
        for (Tick tick : tape) {
            QualityState quality =
                    qualities.computeIfAbsent(tick.symbol(), symbol -> new QualityState());
            if (TickQuality.classifyAndAdvance(tick, quality, QualityRules.DEFAULT)
                    == TickQuality.OK) {
                List<Point> points =
                        markets.computeIfAbsent(tick.symbol(), symbol -> new ArrayList<>());
                Point last = points.isEmpty() ? null : points.get(points.size() - 1);
                points.add(
                        next(last, tick, sums.computeIfAbsent(tick.symbol(), s -> new double[3])));
            }
        }
        return markets;
    }

    /** Sums: of squared returns, of seconds, and whether there was a quote. */
    private static Point next(@Nullable Point last, Tick tick, double[] sums) {
        Point point = new Point();
        point.id = FeatureVector.idOf(tick, "");
        point.clock =
                last == null
                        ? tick.eventTimeMicros()
                        : Math.max(last.clock, tick.eventTimeMicros());
        boolean quote = tick.kind() == TickKind.QUOTE;
        boolean firstQuote = quote && sums[2] == 0;
        if (quote) {
            sums[2] = 1;
            point.price = tick.mid();
            point.bid = tick.bidPrice();
            point.ask = tick.askPrice();
            point.priced = point.clock;
        } else if (sums[2] == 0) {
            point.price = tick.price();
            point.bid = tick.price();
            point.ask = tick.price();
            point.priced = point.clock;
        } else if (last != null) {
            point.price = last.price;
            point.bid = last.bid;
            point.ask = last.ask;
            point.priced = last.priced;
        }
        if (last != null && !firstQuote) {
            double seconds = (point.clock - last.clock) / 1e6;
            if (seconds <= 600) {
                double decay = seconds == 0 ? 1 : StrictMath.exp(-seconds * StrictMath.log(2) / 60);
                double r = StrictMath.log(point.price) - StrictMath.log(last.price);
                sums[0] = sums[0] * decay + r * r;
                sums[1] = sums[1] * decay + seconds;
            }
        }
        point.sigma = Math.sqrt(sums[0] / sums[1]);
        return point;
    }

    private void replay(
            Map<String, List<Point>> markets,
            Map<String, Integer> places,
            List<Prediction> predictions,
            long horizon) {
        Map<String, Long> positionEnds = new HashMap<>();
        Map<String, Long> slices = new HashMap<>();
        Map<String, Integer> votes = new TreeMap<>();
        Map<String, Boolean> champions = new HashMap<>();
        for (Prediction prediction : predictions) {
            List<Point> points = markets.get(prediction.symbol());
            String vector = prediction.vectorId();
            int entry = places.get(vector.substring(0, vector.lastIndexOf('~') + 1));
            String version = prediction.modelVersion();
            long t = prediction.eventTimeMicros();
            long slice = Math.floorDiv(t, horizon);
            String key = prediction.symbol() + " " + version;
            boolean instant = slices.getOrDefault(key, Long.MIN_VALUE) < slice;
            slices.merge(key, slice, Math::max);
            Result result = result(points, entry, prediction, horizon, instant, positionEnds);
            results.put(prediction.predictionId() + " " + horizon, result);
            count(prediction, horizon, result);
            if (instant && !result.direction.equals("MISSING")) {
                boolean right = result.direction.equals(prediction.prediction());
                if (version.equals(predictions.get(0).modelVersion())) {
                    champions.put(vector, right);
                } else if (champions.containsKey(vector)) {
                    int sign = Boolean.compare(right, champions.get(vector));
                    votes.merge(version + " " + slice, sign, Integer::sum);
                }
            }
        }
        votes.forEach((key, sum) -> vote(key, sum, horizon));
    }

    private static Result result(
            List<Point> points,
            int entry,
            Prediction prediction,
            long horizon,
            boolean instant,
            Map<String, Long> positionEnds) {
        Point from = points.get(entry);
        long due = prediction.eventTimeMicros() + horizon;
        int low = entry + 1;
        int high = points.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (points.get(middle).clock <= due) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Result missing =
                new Result(
                        "MISSING",
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        instant,
                        due + HOUR);
        if (low == points.size() || points.get(low).clock - due > HOUR) {
            return missing;
        }
        Point to = points.get(low - 1);
        double limit = 0.43 * from.sigma * Math.sqrt(horizon / 1e6);
        if (due - to.priced > Math.max(horizon, 10_000_000) || Double.isNaN(limit)) {
            return missing;
        }
        double r = StrictMath.log(to.price / from.price);
        String direction = r > limit ? "UP" : r < -limit ? "DOWN" : "FLAT";
        double buy = (to.bid / from.ask - 1) * 1e4;
        double sell = (1 - to.ask / from.bid) * 1e4;
        double pnl = Double.NaN;
        String position = prediction.symbol() + " " + prediction.modelVersion();
        String said = String.valueOf(prediction.prediction());
        if (!said.equals("FLAT")
                && positionEnds.getOrDefault(position, Long.MIN_VALUE)
                        <= prediction.eventTimeMicros()) {
            positionEnds.put(position, due);
            pnl = said.equals("UP") ? buy : sell;
        }
        return new Result(direction, r, pnl, buy, sell, instant, points.get(low).clock);
    }

    private Row row(String version, long horizon, long micros) {
        return rows.computeIfAbsent(
                version + " " + horizon + " " + Math.floorDiv(micros, WINDOW) * WINDOW,
                key -> new Row());
    }

    private void count(Prediction prediction, long horizon, Result result) {
        Row row = row(prediction.modelVersion(), horizon, result.decided);
        row.symbols.add(prediction.symbol());
        row.served += prediction.served() ? 1 : 0;
        if (result.direction.equals("MISSING")) {
            row.missing++;
            return;
        }
        boolean right = result.direction.equals(prediction.prediction());
        row.known++;
        row.right += right ? 1 : 0;
        row.instants += result.instant ? 1 : 0;
        row.instantsRight += result.instant && right ? 1 : 0;
        int truth = List.of(prediction.classes()).indexOf(result.direction);
        row.logLoss -= Math.log(prediction.probabilities()[truth]);
        if (!Double.isNaN(result.pnlBps)) {
            row.positions++;
            row.pnlBps += result.pnlBps;
        }
    }

    private void vote(String key, int sum, long horizon) {
        String[] parts = key.split(" ");
        long counted = (Long.parseLong(parts[1]) + 2) * horizon + 10_000_000;
        Row row = row(parts[0], horizon, counted);
        row.better += sum > 0 ? 1 : 0;
        row.worse += sum < 0 ? 1 : 0;
        row.even += sum == 0 ? 1 : 0;
    }
}
