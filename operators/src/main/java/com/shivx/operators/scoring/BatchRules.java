package com.shivx.operators.scoring;

import java.io.Serializable;

/**
 * When a batch is full enough.
 *
 * @param maxSize vectors scored in one call at most; at least 1
 * @param maxDelayMillis clock time a vector waits for others at most, milliseconds; at least 1
 */
public record BatchRules(int maxSize, long maxDelayMillis) implements Serializable {

    public BatchRules {
        if (maxSize < 1) {
            throw new IllegalArgumentException(
                    "scoring.max-batch-size is " + maxSize + "; it must be at least 1");
        }
        if (maxDelayMillis < 1) {
            throw new IllegalArgumentException(
                    "scoring.max-delay is " + maxDelayMillis + " ms; it must be at least 1 ms");
        }
    }
}
