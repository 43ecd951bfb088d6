package com.shivx.models.training;

import com.shivx.models.contract.Task;

/**
 * What a model loses on rows that it was not fitted to: the mean of −ln p of what happened in nats,
 * or of the squared error in squares of the target's unit.
 *
 * <p>A probability below 1e-7 counts as 1e-7, about what a float beside 1 can say: one certain
 * mistake costs 16 nats and not infinity. NaN, where a model has no answer, counts as that too, and
 * makes a regression's loss NaN. Range: 0 to 16.2 for a classification, from 0 for a regression.
 */
public final class HeldOutLoss {

    private static final double LEAST = 1e-7;

    private HeldOutLoss() {}

    /**
     * The mean over all rows.
     *
     * @param answers row by row, as {@link TrainedModel#predict} gives them
     */
    public static double of(TrainingTask task, Rows rows, float[] answers) {
        int outputs = task.outputs();
        double sum = 0;
        for (int i = 0; i < rows.count(); i++) {
            if (task.task() == Task.CLASSIFICATION) {
                double p = answers[i * outputs + (int) rows.target(i)];
                // Written so that NaN is the least.
                sum -= StrictMath.log(p > LEAST ? p : LEAST);
            } else {
                double error = (double) answers[i] - rows.target(i);
                sum += error * error;
            }
        }
        return sum / rows.count();
    }

    /** Its name, for people. */
    public static String name(Task task) {
        return task == Task.CLASSIFICATION ? "log-loss" : "squared error";
    }
}
