package com.shivx.models.training;

/** A model whose answer jumps at certain values, which an export may put on the wrong side. */
public interface SplitPoints {

    /** Where it jumps in that column, rising, without repeats. */
    float[] splits(int column);
}
