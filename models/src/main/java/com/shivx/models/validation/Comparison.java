package com.shivx.models.validation;

import com.shivx.drift.accuracy.BrierScore;
import com.shivx.drift.accuracy.LogLoss;
import com.shivx.drift.accuracy.Reliability;
import com.shivx.drift.accuracy.ScoredRows;
import com.shivx.drift.bootstrap.CellSums;
import com.shivx.drift.bootstrap.Interval;
import com.shivx.drift.bootstrap.TimeCells;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A model against its rivals on the same rows: every figure of all of them is made from the same
 * resamples of time, so that what moves them all alike cancels.
 */
final class Comparison {

    private static final int ROWS = 0;
    private static final int HOURS = 1;
    private static final int FIRST = 2;

    private final LabelledRows rows;
    private final TimeCells cells;
    private final ScoredRows model;
    private final Map<Rival, ScoredRows> rivals = new EnumMap<>(Rival.class);

    Comparison(LabelledRows rows, ScoredRows model, ValidationConfig config) {
        this.rows = rows;
        this.model = model;
        this.cells =
                TimeCells.of(rows.eventTimeMicros(), config.meanBlockMicros(rows.horizonMicros()));
    }

    void against(Rival rival, ScoredRows scores) {
        rivals.put(rival, scores);
    }

    int blocks() {
        return cells.blocks();
    }

    ScoredRows model() {
        return model;
    }

    Map<Rival, ScoredRows> rivals() {
        return Collections.unmodifiableMap(rivals);
    }

    /** By log-loss against every rival, and by every measure against production. */
    List<Difference> differences(ValidationConfig config) {
        CellSums sums = new CellSums(cells, FIRST + Measure.SUMS * (1 + rivals.size()));
        for (int row = 0; row < rows.rows(); row++) {
            sums.add(row, ROWS, 1);
        }
        for (int cell = 0; cell < cells.cells(); cell++) {
            sums.addToCell(cell, HOURS, cells.cellHours());
        }
        add(model, sums, FIRST);
        int at = FIRST;
        List<Pair> pairs = new ArrayList<>();
        for (Map.Entry<Rival, ScoredRows> rival : rivals.entrySet()) {
            at += Measure.SUMS;
            add(rival.getValue(), sums, at);
            for (Measure measure : Measure.values()) {
                if (measure == Measure.LOG_LOSS || rival.getKey() == Rival.PRODUCTION) {
                    pairs.add(new Pair(measure, rival.getKey(), at));
                }
            }
        }
        List<ToDoubleFunction<double[]>> gains = new ArrayList<>();
        pairs.forEach(pair -> gains.add(pair::gain));
        List<Interval> intervals = config.bootstrap().intervals(sums, gains);
        double[] totals = sums.totals();
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            differences.add(
                    new Difference(
                            pair.measure,
                            pair.rival,
                            pair.figure(totals, FIRST),
                            pair.figure(totals, pair.at),
                            intervals.get(i)));
        }
        return List.copyOf(differences);
    }

    private void add(ScoredRows scores, CellSums sums, int at) {
        PnlCurve pnl = PnlCurve.of(rows, scores);
        for (int row = 0; row < rows.rows(); row++) {
            double confidence = scores.probability(row, scores.predicted(row));
            int right = scores.isRight(row) ? 1 : 0;
            sums.add(row, at, LogLoss.of(scores, row));
            sums.add(row, at + 1, BrierScore.of(scores, row));
            sums.add(row, at + 2, right);
            sums.add(row, at + 3, pnl.ofRowBps()[row]);
            sums.add(row, at + 4 + Reliability.bin(confidence), confidence - right);
        }
    }

    private record Pair(Measure measure, Rival rival, int at) {
        double figure(double[] totals, int ofModel) {
            return measure.of(totals, ofModel, totals[ROWS], totals[HOURS]);
        }

        double gain(double[] totals) {
            return measure.gain(figure(totals, FIRST), figure(totals, at));
        }
    }
}
