package com.shivx.models.registry;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A name that moves from version to version of a model. */
public enum Alias {
    /** The newest that was registered. */
    DEV,
    /** What is tried before it serves. */
    STAGING,
    /** What serves. */
    PRODUCTION,
    /** What was in production before what is. */
    PREVIOUS;

    /** As it is written in names and on an MLflow server. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The alias of a word, in lower case as it is written. */
    public static Optional<Alias> of(String word) {
        return Arrays.stream(values()).filter(alias -> alias.word().equals(word)).findFirst();
    }
}
