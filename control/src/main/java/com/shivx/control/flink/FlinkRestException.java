package com.shivx.control.flink;

import com.shivx.control.ControlException;
import org.jspecify.annotations.Nullable;

/** A cluster that does not answer, or does not do what it is asked. */
public final class FlinkRestException extends ControlException {

    private static final long serialVersionUID = 1;

    private final int status;

    /**
     * @param status HTTP status of the refusal; 0 where nothing of Flink's has answered
     */
    public FlinkRestException(String message, int status, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** HTTP status of the refusal; 0 where nothing of Flink's has answered. */
    public int status() {
        return status;
    }
}
