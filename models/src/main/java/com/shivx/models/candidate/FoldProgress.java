package com.shivx.models.candidate;

import com.shivx.models.training.TrainingListener;

/**
 * Tells which of several folds a step is of.
 *
 * @param to who listens
 * @param fold counted from 1
 * @param folds how many there are; of one nothing is said
 */
record FoldProgress(TrainingListener to, int fold, int folds) implements TrainingListener {

    @Override
    public void onProgress(int done, int total, String message) {
        to.onProgress(
                done,
                total,
                folds == 1 ? message : "%s, fold %d of %d".formatted(message, fold, folds));
    }

    @Override
    public boolean isCancelled() {
        return to.isCancelled();
    }
}
