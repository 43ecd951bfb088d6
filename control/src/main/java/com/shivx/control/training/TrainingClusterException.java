package com.shivx.control.training;

import org.jspecify.annotations.Nullable;

/** A cluster that does not do what it is asked: one line. */
public final class TrainingClusterException extends Exception {

    private static final long serialVersionUID = 1;

    /** What may help. */
    public enum Kind {
        /** Nobody answers: the job may run all the same. */
        UNREACHABLE,
        /** It is refused, and may be taken another time. */
        REFUSED,
        /** What was asked for is wrong, and will be the next time. */
        WRONG
    }

    private final Kind kind;

    public TrainingClusterException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
