package com.shivx.models.onnx;

import java.util.concurrent.Callable;

/**
 * Calls whose checked exceptions mean that this code, the JDK or the runtime is broken, not that an
 * input is bad.
 */
final class Infallible {

    private Infallible() {}

    static <T> T get(Callable<T> call) {
        try {
            return call.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a call failed that cannot: " + e.getMessage(), e);
        }
    }

    interface Action {
        void run() throws Exception;
    }

    static void run(Action action) {
        get(
                () -> {
                    action.run();
                    return action;
                });
    }
}
