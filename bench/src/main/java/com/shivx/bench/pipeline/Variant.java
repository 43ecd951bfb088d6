package com.shivx.bench.pipeline;

/** The jobs that are compared. */
public enum Variant {
    /** Bytes from Kafka to Kafka, untouched. */
    IDENTITY("identity"),
    /** The same predictions, got in the obvious way. */
    NAIVE("naive"),
    /** The product's job; predictions only. */
    OURS("ours"),
    /** The product's job with the topic of feature vectors as well. */
    OURS_WITH_FEATURES("oursWithFeatures");

    private final String key;

    Variant(String key) {
        this.key = key;
    }

    /** Its name in reports. */
    public String key() {
        return key;
    }
}
