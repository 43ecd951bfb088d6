package com.shivx.models.validation;

/** What a model is measured against, on the same rows. */
public enum Rival {
    CLASS_FREQUENCIES("the class frequencies"),
    DIRECTION_BLIND_TWIN("its direction-blind twin"),
    PRODUCTION("production");

    private final String text;

    Rival(String text) {
        this.text = text;
    }

    /** As it is called in a sentence. */
    public String text() {
        return text;
    }
}
