package com.shivx.models;

/** A model that must not serve: says why, and what would make it fit. */
public final class ModelRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    public ModelRefusedException(String reason, String remedy) {
        super(reason + "; " + remedy);
        this.remedy = remedy;
    }

    public ModelRefusedException(String reason, String remedy, Throwable cause) {
        super(reason + "; " + remedy, cause);
        this.remedy = remedy;
    }

    /** What the model's owner can do about it. */
    public String remedy() {
        return remedy;
    }
}
