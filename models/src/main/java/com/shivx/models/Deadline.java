package com.shivx.models;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;

/**
 * Run options whose calls are ended when their time is up: nobody waits for ever for a model that
 * does not return.
 */
final class Deadline implements AutoCloseable {

    private final RunOptions options = new RunOptions();
    private final Timer timer = new Timer("model-trial-deadline", true);
    private boolean expired;
    private boolean closed;

    Deadline(Duration time) throws OrtException {
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        expire();
                    }
                },
                time.toMillis());
    }

    RunOptions options() {
        return options;
    }

    synchronized boolean isExpired() {
        return expired;
    }

    private synchronized void expire() {
        expired = true;
        if (!closed) {
            try {
                options.setTerminate(true);
            } catch (OrtException e) {
                throw new IllegalStateException("the runtime does not take a call's end", e);
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        timer.cancel();
        options.close();
    }
}
