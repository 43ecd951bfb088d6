package com.shivx.models.registry.mlflow;

import com.shivx.models.registry.RegistryException;
import org.jspecify.annotations.Nullable;

/** The server was asked, and it is not known whether it has done it. */
final class MlflowUnknownException extends RegistryException {

    private static final long serialVersionUID = 1L;

    MlflowUnknownException(String message) {
        super(message);
    }

    MlflowUnknownException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
