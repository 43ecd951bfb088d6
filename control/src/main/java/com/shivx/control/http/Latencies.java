package com.shivx.control.http;

import org.jspecify.annotations.Nullable;

/** How late a model's predictions come. */
@FunctionalInterface
public interface Latencies {

    /**
     * A figure, or why there is none.
     *
     * @param p95Millis what 95 % of the predictions took at most in the last window, from the write
     *     of their tick's record; null where it is not known
     * @param reason why it is not known; null where it is
     */
    record Latency(@Nullable Double p95Millis, @Nullable String reason) {

        /** It is known. */
        public static Latency of(double p95Millis) {
            return new Latency(p95Millis, null);
        }

        /** It is not. */
        public static Latency unknown(String reason) {
            return new Latency(null, reason);
        }
    }

    /** Of a model, within seconds. */
    Latency of(String model);
}
