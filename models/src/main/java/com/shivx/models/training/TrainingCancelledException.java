package com.shivx.models.training;

/** A training that was called off: nothing is wrong with it. */
public final class TrainingCancelledException extends TrainingException {

    private static final long serialVersionUID = 1L;

    public TrainingCancelledException() {
        super("the training was cancelled", "start it again when it is wanted");
    }

    /**
     * To be called wherever a training can stop. The thread stays interrupted, for whoever stands
     * further up.
     *
     * @throws TrainingCancelledException if the listener or an interrupt has called it off
     */
    public static void check(TrainingListener listener) throws TrainingCancelledException {
        if (listener.isCancelled() || Thread.currentThread().isInterrupted()) {
            throw new TrainingCancelledException();
        }
    }
}
