package com.shivx.models.training;

/** Who waits for a training: is told how far it is, and may call it off. */
@FunctionalInterface
public interface TrainingListener {

    /** Nobody waits. */
    TrainingListener NONE = (done, total, message) -> {};

    /**
     * A step is done.
     *
     * @param done steps so far
     * @param total steps at most, 0 where nobody knows; early stopping may end it before
     * @param message one line for people, such as the loss so far
     */
    void onProgress(int done, int total, String message);

    /** Asked between the steps: true ends the training with nothing learned. */
    default boolean isCancelled() {
        return false;
    }
}
