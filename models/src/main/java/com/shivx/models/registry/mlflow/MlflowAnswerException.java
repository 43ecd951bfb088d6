package com.shivx.models.registry.mlflow;

import com.shivx.models.registry.RegistryException;

/** The server has answered that it will not do it. */
final class MlflowAnswerException extends RegistryException {

    private static final long serialVersionUID = 1L;

    private final String code;

    MlflowAnswerException(String code, String message) {
        super(message);
        this.code = code;
    }

    boolean isAlreadyThere() {
        return code.equals("RESOURCE_ALREADY_EXISTS");
    }

    boolean isNotThere() {
        return code.equals("RESOURCE_DOES_NOT_EXIST");
    }
}
