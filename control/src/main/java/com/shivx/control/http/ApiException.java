package com.shivx.control.http;

/** A request that is not answered: its status, what is wrong with it, and the remedy. */
final class ApiException extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String remedy;

    ApiException(int status, String error, String remedy) {
        super(error, null, false, false);
        this.status = status;
        this.remedy = remedy;
    }

    int status() {
        return status;
    }

    String remedy() {
        return remedy;
    }
}
