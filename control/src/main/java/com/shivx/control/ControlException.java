package com.shivx.control;

import org.jspecify.annotations.Nullable;

/** What the control service cannot go on with: one line for whoever runs it, with the remedy. */
public class ControlException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public ControlException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
