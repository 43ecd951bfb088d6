package com.shivx.models.training;

import com.shivx.models.contract.ModelContract;
import java.util.List;
import java.util.Map;

/** What was learned. One thread uses it at a time; closing it frees what is native. */
public interface TrainedModel extends AutoCloseable {

    /** What it was learned for. */
    TrainingTask task();

    /** The columns that it takes, in its order. */
    List<String> columns();

    /**
     * Its answers, row by row: one probability a class in the task's order, or one value. They come
     * from what learned it, not from its export: {@link #toOnnx} is held against them.
     *
     * @param rows of its columns; targets are not looked at
     */
    float[] predict(Rows rows);

    /** Whether it answers a row whose every value is missing. */
    boolean answersMissing();

    /**
     * The ONNX file, which holds the whole contract. Nobody has looked at it yet: what may serve
     * comes from the export gate.
     *
     * @throws TrainingException if the contract is not one of this model
     */
    byte[] toOnnx(ModelContract contract) throws TrainingException;

    /**
     * How much of what it learned each column brought, together 1; all 0 of a model that uses none,
     * empty where it cannot be told.
     */
    Map<String, Double> importance();

    /** One line for people: how long it learned, and when it stopped. */
    String summary();

    @Override
    void close();
}
