package com.shivx.jobs.kafka;

/** A topic that could not be read; the message is one line with the remedy. */
public final class TopicReadException extends RuntimeException {

    private static final long serialVersionUID = 1;

    TopicReadException(String message) {
        super(message);
    }

    TopicReadException(String message, Throwable cause) {
        super(message, cause);
    }
}
