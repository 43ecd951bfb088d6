package com.shivx.operators.training;

import org.apache.flink.api.common.accumulators.Accumulator;
import org.apache.flink.api.common.accumulators.SimpleAccumulator;

/**
 * A text that a task leaves behind, for whoever asks the cluster when the job is over: Flink keeps
 * it with the job, and shows it by its REST API.
 */
public final class EndAccumulator implements SimpleAccumulator<String> {

    private static final long serialVersionUID = 1;

    private String text = "";

    @Override
    public void add(String value) {
        text = value;
    }

    @Override
    public String getLocalValue() {
        return text;
    }

    @Override
    public void resetLocal() {
        text = "";
    }

    /** Of several, one that says something: only one task has something to say. */
    @Override
    public void merge(Accumulator<String, String> other) {
        if (text.isEmpty()) {
            text = other.getLocalValue();
        }
    }

    @Override
    public EndAccumulator clone() {
        EndAccumulator copy = new EndAccumulator();
        copy.text = text;
        return copy;
    }
}
