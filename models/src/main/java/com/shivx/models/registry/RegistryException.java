package com.shivx.models.registry;

import org.jspecify.annotations.Nullable;

/** A registry cannot do what it was asked; the message is one line with the remedy. */
public class RegistryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RegistryException(String message) {
        super(message);
    }

    public RegistryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
