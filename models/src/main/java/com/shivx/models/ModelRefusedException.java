package com.shivx.models;

/** A model that must not serve: says why, and what would make it fit. */
public final class ModelRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String remedy;

    public ModelRefusedException(String reason, String remedy) {
        super(reason + "; " + remedy);
        this.reason = reason;
        this.remedy = remedy;
    }

    public ModelRefusedException(String reason, String remedy, Throwable cause) {
        super(reason + "; " + remedy, cause);
        this.reason = reason;
        this.remedy = remedy;
    }

    /** The same, said of the file or URI that the model came from, unless it is named already. */
    public ModelRefusedException of(String place) {
        return reason.contains(place)
                ? this
                : new ModelRefusedException(place + ": " + reason, remedy, this);
    }

    /** What the model's owner can do about it. */
    public String remedy() {
        return remedy;
    }
}
