package com.shivx.bench.pipeline;

import java.util.Arrays;
import java.util.stream.Collectors;

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

    /**
     * The variant of that name, in whatever case.
     *
     * @throws IllegalArgumentException naming those there are
     */
    public static Variant of(String key) {
        return Arrays.stream(values())
                .filter(variant -> variant.key.equalsIgnoreCase(key.strip()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no variant '%s'; there are %s".formatted(key, names())));
    }

    /** The names of all, separated by commas. */
    public static String names() {
        return Arrays.stream(values()).map(Variant::key).collect(Collectors.joining(", "));
    }

    /** Its name in reports. */
    public String key() {
        return key;
    }
}
