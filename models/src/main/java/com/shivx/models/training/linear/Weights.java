package com.shivx.models.training.linear;

/**
 * A linear model of standardised columns, in the float32 that it is exported as.
 *
 * @param columns columns of a row
 * @param outputs numbers of an answer
 * @param weights column by column, one an output
 * @param intercepts one an output
 */
record Weights(int columns, int outputs, float[] weights, float[] intercepts) {

    /**
     * From the double that it was learned in.
     *
     * @param solution output by output: a weight a column, then the intercept
     */
    static Weights of(double[] solution, int columns, int outputs) {
        float[] weights = new float[columns * outputs];
        float[] intercepts = new float[outputs];
        for (int k = 0; k < outputs; k++) {
            int at = k * (columns + 1);
            for (int j = 0; j < columns; j++) {
                weights[j * outputs + k] = (float) solution[at + j];
            }
            intercepts[k] = (float) solution[at + columns];
        }
        return new Weights(columns, outputs, weights, intercepts);
    }

    /** The margins of one row, or its value. */
    void margins(float[] z, int row, double[] into) {
        for (int k = 0; k < outputs; k++) {
            double sum = intercepts[k];
            for (int j = 0; j < columns; j++) {
                sum += (double) z[row * columns + j] * weights[j * outputs + k];
            }
            into[k] = sum;
        }
    }
}
