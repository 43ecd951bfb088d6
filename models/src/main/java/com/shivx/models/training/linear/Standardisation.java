package com.shivx.models.training.linear;

import com.shivx.models.training.Rows;

/**
 * How a column becomes comparable with the others:
 *
 * <pre>z = clip((x − mean) / scale, −clip, clip)      a missing x is its mean: z = 0</pre>
 *
 * <p>In float32, operation by operation as the graph does it, so that what is learned from is what
 * is served. Mean and standard deviation (population) are of the rows fitted, missing values left
 * out, summed in double in two passes. A column that is constant there, never present, or whose
 * spread a float beside its mean cannot show (below 1e-6 of it) has scale 0: its z is 0 for every
 * row, fitted or not, since nothing was learned of it.
 *
 * @param mean of each column
 * @param scale standard deviation of each column; 0 of a constant one
 * @param clip beyond it a value counts no more: heavy tails would outweigh everything else
 */
record Standardisation(float[] mean, float[] scale, float clip) {

    /** A float has 24 bits: of a smaller spread around a mean, most of what is seen is rounding. */
    private static final double LEAST_SPREAD = 1e-6;

    static Standardisation of(Rows rows, float clip) {
        float[] mean = new float[rows.width()];
        float[] scale = new float[rows.width()];
        for (int column = 0; column < mean.length; column++) {
            double centre = mean(rows, column);
            double spread = spread(rows, column, centre);
            boolean constant =
                    spread <= LEAST_SPREAD * Math.abs(centre) || spread < Float.MIN_NORMAL;
            mean[column] = (float) centre;
            scale[column] = constant ? 0 : (float) spread;
        }
        return new Standardisation(mean, scale, clip);
    }

    private static double mean(Rows rows, int column) {
        double sum = 0;
        int present = 0;
        for (int i = 0; i < rows.count(); i++) {
            float x = rows.value(i, column);
            if (!Float.isNaN(x)) {
                sum += x;
                present++;
            }
        }
        return present == 0 ? 0 : sum / present;
    }

    private static double spread(Rows rows, int column, double mean) {
        double squares = 0;
        int present = 0;
        for (int i = 0; i < rows.count(); i++) {
            double distance = rows.value(i, column) - mean;
            if (!Double.isNaN(distance)) {
                squares += distance * distance;
                present++;
            }
        }
        return present == 0 ? 0 : Math.sqrt(squares / present);
    }

    /** What the graph divides by: 1 for a constant column, whose weights are 0 anyway. */
    float divisor(int column) {
        return scale[column] == 0 ? 1 : scale[column];
    }

    /** The rows as they are learned from, row by row. */
    float[] apply(Rows rows) {
        int width = mean.length;
        float[] z = new float[rows.count() * width];
        for (int i = 0; i < rows.count(); i++) {
            for (int column = 0; column < width; column++) {
                float x = rows.value(i, column);
                if (!Float.isNaN(x) && scale[column] != 0) {
                    float scaled = (x - mean[column]) / scale[column];
                    z[i * width + column] = Math.max(-clip, Math.min(clip, scaled));
                }
            }
        }
        return z;
    }
}
