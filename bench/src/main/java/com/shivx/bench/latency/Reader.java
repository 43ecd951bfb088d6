package com.shivx.bench.latency;

import org.apache.flink.connector.base.DeliveryGuarantee;

/** Who reads the predictions, and what they are promised. */
enum Reader {
    /** Transactions, read as soon as they are written. */
    UNCOMMITTED(
            "readUncommitted",
            "read-uncommitted, exactly-once",
            DeliveryGuarantee.EXACTLY_ONCE,
            "read_uncommitted"),
    /** No transactions: a committed reader waits for none. */
    AT_LEAST_ONCE(
            "readCommittedAtLeastOnce",
            "read-committed, at-least-once",
            DeliveryGuarantee.AT_LEAST_ONCE,
            "read_committed"),
    /** Transactions, read when the checkpoint after them has committed them. */
    COMMITTED(
            "readCommitted",
            "read-committed, exactly-once",
            DeliveryGuarantee.EXACTLY_ONCE,
            "read_committed");

    private final String key;
    private final String words;
    private final DeliveryGuarantee guarantee;
    private final String isolation;

    Reader(String key, String words, DeliveryGuarantee guarantee, String isolation) {
        this.key = key;
        this.words = words;
        this.guarantee = guarantee;
        this.isolation = isolation;
    }

    /** Its name in reports for programs. */
    String key() {
        return key;
    }

    /** Its name for people. */
    String words() {
        return words;
    }

    /** What the job promises. */
    DeliveryGuarantee guarantee() {
        return guarantee;
    }

    /** The consumer's isolation level. */
    String isolation() {
        return isolation;
    }
}
