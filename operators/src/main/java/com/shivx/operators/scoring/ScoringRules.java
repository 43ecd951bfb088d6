package com.shivx.operators.scoring;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link ScoringOperator} gathers vectors, runs models and changes them.
 *
 * @param featureSetHash hash of the set whose vectors it takes, a model of another is refused; null
 *     for rows of no set, which models take as their columns
 * @param maxBatchSize vectors scored in one call at most; at least 1
 * @param maxDelayMillis clock time a vector waits for others at most, and a call of the calibrated
 *     batch may take, milliseconds; at least 1. It waits less for models that are faster
 * @param device what models may compute on
 * @param timeoutMillis clock time after which a call is ended, milliseconds; at least 1
 * @param maxFailures batches in a row that a version may fail before it is withdrawn; at least 1
 * @param loadTimeoutMillis clock time in which a deployment must be fetched, checked and warm,
 *     milliseconds; at least 1
 * @param maxInFlight batches scored beside the task's thread at most; 0 scores on it
 * @param allowedUris folders that models may come from
 * @param modelStore folder where models are kept by checksum, so that a restore needs no other
 *     place; null for none
 */
public record ScoringRules(
        @Nullable String featureSetHash,
        int maxBatchSize,
        long maxDelayMillis,
        ScoringDevice device,
        long timeoutMillis,
        int maxFailures,
        long loadTimeoutMillis,
        int maxInFlight,
        List<String> allowedUris,
        @Nullable String modelStore)
        implements Serializable {

    public ScoringRules {
        require(maxBatchSize, 1, "scoring.max-batch-size", "");
        require(maxDelayMillis, 1, "scoring.max-delay", " ms");
        require(timeoutMillis, 1, "scoring.timeout", " ms");
        require(maxFailures, 1, "scoring.max-failures", "");
        require(loadTimeoutMillis, 1, "scoring.load-timeout", " ms");
        require(maxInFlight, 0, "scoring.max-in-flight", "");
    }

    private static void require(long value, long least, String option, String unit) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "%s is %d%s; it must be at least %d%s"
                            .formatted(option, value, unit, least, unit));
        }
    }
}
