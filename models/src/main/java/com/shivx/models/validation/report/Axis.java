package com.shivx.models.validation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * From values to pixels.
 *
 * @param least value that is shown
 * @param most value that is shown; above the least
 * @param from pixel of the least
 * @param to pixel of the most
 */
record Axis(double least, double most, double from, double to) {

    /** As wide as finite values ask for, zero included. */
    static Axis holding(List<double[]> all, double from, double to) {
        double least = 0;
        double most = 0;
        for (double[] values : all) {
            for (double value : values) {
                if (Double.isFinite(value)) {
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
            }
        }
        double margin = most > least ? (most - least) * 0.05 : 1;
        return new Axis(least < 0 ? least - margin : 0, most > 0 ? most + margin : 0, from, to)
                .notEmpty();
    }

    private Axis notEmpty() {
        return most > least ? this : new Axis(least - 1, least + 1, from, to);
    }

    double at(double value) {
        return from + (value - least) / (most - least) * (to - from);
    }

    /** Round values, 1, 2 or 5 times a power of ten apart, about five of them. */
    double[] ticks() {
        double rough = (most - least) / 5;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step =
                power
                        * (rough / power > 5
                                ? 10
                                : rough / power > 2 ? 5 : rough / power > 1 ? 2 : 1);
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(least / step); i * step <= most; i++) {
            ticks.add(i * step);
        }
        return ticks.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** A tick's text, with as many decimals as ticks need to differ. */
    String text(double tick) {
        double[] ticks = ticks();
        double step = ticks.length > 1 ? ticks[1] - ticks[0] : 1;
        int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
        return String.format(Locale.ROOT, "%." + Math.min(9, decimals) + "f", tick + 0.0);
    }
}
