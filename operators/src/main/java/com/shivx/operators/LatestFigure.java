package com.shivx.operators;

import org.apache.flink.metrics.Gauge;

/** A figure that a subtask sets, as a reporter's thread sees it; NaN before the first. */
public final class LatestFigure implements Gauge<Double> {

    private volatile double value = Double.NaN;

    /** From now on it is that. */
    public void set(double figure) {
        value = figure;
    }

    @Override
    public Double getValue() {
        return value;
    }
}
