package com.shivx.models.validation.report;

import com.shivx.drift.accuracy.ConfusionMatrix;
import com.shivx.drift.accuracy.Reliability;
import com.shivx.models.validation.Difference;
import com.shivx.models.validation.Series;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pictures of a report. */
final class Plots {

    private static final int WIDTH = 460;
    private static final int HEIGHT = 300;
    private static final int LEFT = 56;
    private static final int RIGHT = 14;
    private static final int TOP = 14;
    private static final int BOTTOM = 40;

    /** Bars beyond these are too thin to read. */
    private static final int MAX_BARS = 20;

    private Plots() {}

    /**
     * Share right against what was said, the size of a dot by its rows; before calibration, too.
     */
    static Svg reliability(Reliability now, @Nullable Reliability before) {
        Svg svg = new Svg(WIDTH, HEIGHT, "reliability diagram");
        Axis x = new Axis(0, 1, LEFT, WIDTH - RIGHT);
        Axis y = new Axis(0, 1, HEIGHT - BOTTOM, TOP);
        frame(svg, x, y, "probability of the predicted class", "share right");
        svg.line(x.at(0), y.at(0), x.at(1), y.at(1), "guide");
        if (before != null) {
            bins(svg, x, y, before, "b");
        }
        bins(svg, x, y, now, "a");
        return svg;
    }

    private static void bins(Svg svg, Axis x, Axis y, Reliability of, String style) {
        double most = 1;
        for (long rows : of.rows()) {
            most = Math.max(most, (double) rows);
        }
        double[] xs = new double[Reliability.BINS];
        double[] ys = new double[Reliability.BINS];
        for (int bin = 0; bin < Reliability.BINS; bin++) {
            long rows = of.rows()[bin];
            xs[bin] = x.at(of.confidences()[bin] / rows);
            ys[bin] = y.at((double) of.right()[bin] / rows);
            if (rows > 0) {
                svg.dot(xs[bin], ys[bin], 2.5 + 5 * Math.sqrt(rows / most), "dot " + style);
            }
        }
        svg.path(present(xs, of.rows()), present(ys, of.rows()), "line " + style);
    }

    /** A line joins the bins that have rows, across those that have none. */
    private static double[] present(double[] values, long[] rows) {
        double[] kept = new double[values.length];
        int n = 0;
        for (int i = 0; i < values.length; i++) {
            if (rows[i] > 0) {
                kept[n++] = values[i];
            }
        }
        return Arrays.copyOf(kept, n);
    }

    /** Of each true class, how it was taken. */
    static Svg confusion(ConfusionMatrix matrix, List<String> classes) {
        int n = classes.size();
        Svg svg = new Svg(WIDTH, HEIGHT, "confusion matrix");
        double left = 100;
        double top = 36;
        double w = (WIDTH - RIGHT - left) / n;
        double h = (HEIGHT - 10 - top) / n;
        svg.text((left + WIDTH - RIGHT) / 2, 14, "middle", "axis", "predicted");
        for (int c = 0; c < n; c++) {
            svg.text(left + (c + 0.5) * w, 30, "middle", "tick", shortened(classes.get(c), 12));
            svg.text(
                    left - 8,
                    top + (c + 0.5) * h + 4,
                    "end",
                    "tick",
                    "true " + shortened(classes.get(c), 10));
            for (int p = 0; p < n; p++) {
                long count = matrix.counts()[c][p];
                double share = matrix.truths(c) == 0 ? 0 : (double) count / matrix.truths(c);
                svg.shade(left + p * w + 1, top + c * h + 1, w - 2, h - 2, share);
                double middle = left + (p + 0.5) * w;
                svg.text(middle, top + (c + 0.5) * h, "middle", "value", Words.percent(share));
                svg.text(
                        middle,
                        top + (c + 0.5) * h + 15,
                        "middle",
                        "count",
                        String.format(Locale.ROOT, "%,d", count));
            }
        }
        return svg;
    }

    /** The most important columns first. */
    static Svg importance(Map<String, Double> importance) {
        List<Map.Entry<String, Double>> largest =
                importance.entrySet().stream()
                        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                        .limit(MAX_BARS)
                        .toList();
        int left = 200;
        int height = 20 * largest.size() + 16;
        Svg svg = new Svg(WIDTH, height, "importance of columns");
        double most = largest.isEmpty() ? 1 : Math.max(1e-12, largest.get(0).getValue());
        for (int i = 0; i < largest.size(); i++) {
            double share = Math.max(0, largest.get(i).getValue());
            double length = share / most * (WIDTH - left - 62);
            double y = 8 + 20.0 * i;
            svg.text(left - 8, y + 14, "end", "tick", shortened(largest.get(i).getKey(), 26));
            svg.rectangle(left, y + 3, Math.max(1, length), 14, "bar");
            svg.text(
                    left + length + 6,
                    y + 14,
                    "start",
                    "tick",
                    String.format(Locale.ROOT, "%.1f %%", share * 100));
        }
        return svg;
    }

    /** Lines over time, in the colours a, b, c. */
    static Svg overTime(String label, String unit, List<Series> all) {
        Svg svg = new Svg(WIDTH, HEIGHT, label);
        Axis y =
                Axis.holding(all.stream().map(Series::values).toList(), HEIGHT - BOTTOM - 8.0, TOP);
        long[] times = all.get(0).timeMicros();
        Axis x = new Axis(times[0], times[times.length - 1] + 1.0, LEFT + 4.0, WIDTH - RIGHT - 4.0);
        frame(svg, null, y, "", unit);
        svg.line(LEFT, y.at(0), WIDTH - RIGHT, y.at(0), "guide");
        for (int part = 0; part <= 3; part++) {
            long time = times[part * (times.length - 1) / 3];
            String anchor = part == 0 ? "start" : part == 3 ? "end" : "middle";
            svg.text(x.at((double) time), HEIGHT - BOTTOM + 12, anchor, "tick", Words.moment(time));
        }
        for (int i = 0; i < all.size(); i++) {
            Series series = all.get(i);
            double[] xs = new double[series.values().length];
            double[] ys = new double[xs.length];
            for (int j = 0; j < xs.length; j++) {
                xs[j] = x.at((double) series.timeMicros()[j]);
                ys[j] = y.at(series.values()[j]);
            }
            svg.path(xs, ys, "line " + colour(i));
        }
        return svg;
    }

    /** Gains with their intervals about zero, each as a multiple of what reaches furthest. */
    static Svg intervals(List<Difference> differences) {
        int height = 26 * differences.size() + 30;
        int left = 240;
        Svg svg = new Svg(WIDTH, height, "gains and their intervals");
        double zero = left + (WIDTH - RIGHT - left) / 2.0;
        double half = (WIDTH - RIGHT - left) / 2.0 - 6;
        svg.line(zero, 4, zero, height - 22.0, "guide");
        svg.text(zero - 8, height - 6.0, "end", "tick", "← worse");
        svg.text(zero + 8, height - 6.0, "start", "tick", "better →");
        for (int i = 0; i < differences.size(); i++) {
            Difference d = differences.get(i);
            double y = 16 + 26.0 * i;
            svg.text(
                    left - 8,
                    y + 4,
                    "end",
                    "tick",
                    d.measure().text() + " vs. " + d.rival().text());
            double reach =
                    Math.max(
                            Math.abs(d.gain().estimate()),
                            Math.max(Math.abs(d.gain().lower()), Math.abs(d.gain().upper())));
            // Without an interval a dot would say too much.
            if (reach > 0 && Double.isFinite(reach)) {
                String style =
                        switch (d.gain().answer()) {
                            case ABOVE -> "good";
                            case BELOW -> "bad";
                            case NOT_SHOWN, INCONCLUSIVE -> "open";
                        };
                svg.line(
                        zero + half * d.gain().lower() / reach,
                        y,
                        zero + half * d.gain().upper() / reach,
                        y,
                        "whisker " + style);
                svg.dot(zero + half * d.gain().estimate() / reach, y, 4.5, "dot " + style);
            }
        }
        return svg;
    }

    /** The colour of the n-th line. */
    static String colour(int n) {
        return n == 0 ? "a" : n == 1 ? "b" : "c";
    }

    private static void frame(Svg svg, @Nullable Axis x, Axis y, String below, String beside) {
        for (double tick : y.ticks()) {
            svg.line(LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick), "grid");
            svg.text(LEFT - 6, y.at(tick) + 4, "end", "tick", y.text(tick));
        }
        if (x != null) {
            for (double tick : x.ticks()) {
                svg.text(x.at(tick), HEIGHT - BOTTOM + 16, "middle", "tick", x.text(tick));
            }
        }
        svg.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 6, "middle", "axis", below);
        svg.text(LEFT + 4, TOP - 2, "start", "axis", beside);
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
