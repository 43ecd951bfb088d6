package com.shivx.models;

/** How scoring one vector ended. */
public enum PredictionStatus {
    /** The model answered, and the answer is what its contract promises. */
    OK,
    /** The call was ended by the watchdog. */
    TIMEOUT,
    /** The runtime refused the call, or the row does not fit the model's integer inputs. */
    FAILED,
    /**
     * The model answered NaN, an infinity, or something that is no probability though it promised
     * one.
     */
    INVALID_OUTPUT
}
