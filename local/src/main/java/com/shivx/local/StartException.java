package com.shivx.local;

/** An embedded service could not start; the message is one line that says why and what to do. */
public sealed class StartException extends RuntimeException permits PortTakenException {
    private static final long serialVersionUID = 1L;

    StartException(String message) {
        super(message);
    }

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
