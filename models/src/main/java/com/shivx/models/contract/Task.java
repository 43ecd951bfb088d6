package com.shivx.models.contract;

/** What a model answers. */
public enum Task {
    /** One number for each of its classes. */
    CLASSIFICATION,
    /** One number. */
    REGRESSION
}
