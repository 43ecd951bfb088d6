package com.shivx.models.onnx;

import java.util.Arrays;
import java.util.Random;

/**
 * The rows a model is tried on, the same at every load: ordinary ones first, then a row and half a
 * row of missing values, then outliers. A model of whole numbers gets whole numbers and no missing
 * value.
 */
final class TrialRows {

    private static final int ORDINARY = 12;

    /**
     * Ordinary values lie in the column's range, in the tenth and in the hundredth of it nearest to
     * 0.
     */
    private static final float[] SCALES = {1, 0.1f, 0.01f};

    private static final float OUTLIER = 1e6f;

    private final float[][] rows;
    private final boolean wholeNumbers;

    /**
     * @param low lowest ordinary value of each column
     * @param high highest ordinary value of each column
     */
    TrialRows(float[] low, float[] high, boolean wholeNumbers) {
        this.wholeNumbers = wholeNumbers;
        int columns = low.length;
        Random random = new Random(columns);
        rows = new float[ORDINARY + (wholeNumbers ? 2 : 4)][columns];
        for (int row = 0; row < ORDINARY; row++) {
            for (int i = 0; i < columns; i++) {
                float centre = Math.max(low[i], Math.min(high[i], 0));
                float drawn = low[i] + random.nextFloat() * (high[i] - low[i]);
                float value = centre + SCALES[row % SCALES.length] * (drawn - centre);
                rows[row][i] = wholeNumbers ? (float) Math.rint(value) : value;
            }
        }
        for (int i = 0; i < columns; i++) {
            rows[ORDINARY][i] = OUTLIER;
            rows[ORDINARY + 1][i] = i % 2 == 0 ? OUTLIER : -OUTLIER;
        }
        if (!wholeNumbers) {
            Arrays.fill(rows[ORDINARY + 2], Float.NaN);
            rows[ORDINARY + 3] = rows[0].clone();
            Arrays.fill(rows[ORDINARY + 3], 0, (columns + 1) / 2, Float.NaN);
        }
    }

    int count() {
        return rows.length;
    }

    /** How many of the first rows are ordinary. */
    int ordinary() {
        return ORDINARY;
    }

    /** The row of missing values; −1 without. */
    int missing() {
        return wholeNumbers ? -1 : ORDINARY + 2;
    }

    float[] row(int row) {
        return rows[row % rows.length];
    }
}
