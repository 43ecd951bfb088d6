package com.shivx.models.validation;

import com.shivx.drift.accuracy.Reliability;

/** What models are compared by. */
public enum Measure {
    /** Nats a row; lower is better. */
    LOG_LOSS("log-loss", "nats", false),
    /** 0 to 2; lower is better. */
    BRIER("Brier score", "", false),
    /** Expected calibration error, 0 to 1; lower is better. */
    ECE("calibration error", "", false),
    /** Share of rows whose most probable class came true; higher is better. */
    ACCURACY("accuracy", "", true),
    /** Basis points for each hour in which there were rows, over all symbols; higher is better. */
    PNL("PnL", "bps/h", true);

    /** Sums of a model: the four that are means, and one for each bin of confidence. */
    static final int SUMS = 4 + Reliability.BINS;

    private final String text;
    private final String unit;
    private final boolean higherIsBetter;

    Measure(String text, String unit, boolean higherIsBetter) {
        this.text = text;
        this.unit = unit;
        this.higherIsBetter = higherIsBetter;
    }

    /** As it is called in a sentence. */
    public String text() {
        return text;
    }

    /** Its unit; empty where there is none. */
    public String unit() {
        return unit;
    }

    /** Whether more of it is better. */
    public boolean higherIsBetter() {
        return higherIsBetter;
    }

    /** How much better one figure is than another; above 0 where it is better. */
    double gain(double figure, double rivals) {
        return higherIsBetter ? figure - rivals : rivals - figure;
    }

    /**
     * The figure from a model's sums.
     *
     * @param at where they begin in the totals
     */
    double of(double[] totals, int at, double rows, double hours) {
        return switch (this) {
            case LOG_LOSS -> totals[at] / rows;
            case BRIER -> totals[at + 1] / rows;
            case ACCURACY -> totals[at + 2] / rows;
            case PNL -> totals[at + 3] / hours;
            case ECE -> {
                double sum = 0;
                for (int bin = 0; bin < Reliability.BINS; bin++) {
                    sum += Math.abs(totals[at + 4 + bin]);
                }
                yield sum / rows;
            }
        };
    }
}
