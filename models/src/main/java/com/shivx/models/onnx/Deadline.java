package com.shivx.models.onnx;

import ai.onnxruntime.OrtSession.RunOptions;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;

/**
 * Run options whose calls are ended when their time is up: nobody waits for ever for a model that
 * does not return.
 */
final class Deadline implements AutoCloseable {

    private final RunOptions options = Infallible.get(RunOptions::new);
    private final Timer timer = new Timer("model-trial-deadline", true);
    private boolean expired;
    private boolean closed;

    Deadline(Duration time) {
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
            Infallible.run(() -> options.setTerminate(true));
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        timer.cancel();
        options.close();
    }
}
