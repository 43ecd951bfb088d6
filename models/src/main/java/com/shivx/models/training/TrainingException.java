package com.shivx.models.training;

/** A training that gave no model: says why, and what would make it give one. */
public class TrainingException extends Exception {

    private static final long serialVersionUID = 1L;

    public TrainingException(String reason, String remedy) {
        super(reason + "; " + remedy);
    }

    public TrainingException(String reason, String remedy, Throwable cause) {
        super(reason + "; " + remedy, cause);
    }
}
