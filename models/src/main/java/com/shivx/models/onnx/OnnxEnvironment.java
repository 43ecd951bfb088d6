package com.shivx.models.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.util.concurrent.CompletableFuture;

/**
 * The process's one ONNX Runtime, made so that it neither crashes nor reports to anybody.
 *
 * <p>From 1.29 its telemetry runs a recursive regular expression over {@code /proc/self/cmdline} as
 * it starts: a command line of 3,900 characters, which a class path easily has, overflows the stack
 * of a usual thread and takes the JVM down without a word (measured: a megabyte of stack for 3,800
 * characters). So it is made by a thread whose stack suffices for any command line that Linux
 * takes; the memory is reserved, not used. Telemetry is then switched off: what is traded here is
 * nobody else's business. Setting {@code ORT_DISABLE_TELEMETRY=1} before the JVM starts avoids
 * both.
 */
final class OnnxEnvironment {

    private static final long STACK_BYTES = 1L << 30;

    private static final OrtEnvironment ENVIRONMENT = create();

    private OnnxEnvironment() {}

    static OrtEnvironment get() {
        return ENVIRONMENT;
    }

    private static OrtEnvironment create() {
        Creation creation = new Creation();
        new Thread(null, creation, "onnxruntime-start", STACK_BYTES).start();
        return creation.created.join();
    }

    /**
     * A class of its own, so that its thread does not wait for the initialization that waits for
     * it.
     */
    private static final class Creation implements Runnable {

        private final CompletableFuture<OrtEnvironment> created = new CompletableFuture<>();

        @Override
        public void run() {
            try {
                OrtEnvironment environment = OrtEnvironment.getEnvironment();
                environment.setTelemetry(false);
                created.complete(environment);
            } catch (OrtException | RuntimeException | Error e) {
                created.completeExceptionally(e);
            }
        }
    }
}
