package com.shivx.models.training;

import java.util.List;

/** A way of learning. It keeps nothing between two trainings. */
public interface Trainer {

    /** What it is asked for by, such as {@code xgboost}. */
    String name();

    /** The parameters that it checks; a command takes others too, and checks them itself. */
    List<Parameter> parameters();

    /** What a search draws from; empty of one that cannot be searched. */
    SearchSpace space();

    /**
     * Learns.
     *
     * @param fit what is learned from
     * @param stop a later span, never fitted: says when it is enough
     * @return a model that the caller closes
     * @throws TrainingException if it gives no model; {@link TrainingCancelledException} if it was
     *     called off
     */
    TrainedModel train(TrainingTask task, Rows fit, Rows stop, TrainingListener progress)
            throws TrainingException;
}
