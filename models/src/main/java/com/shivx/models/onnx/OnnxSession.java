package com.shivx.models.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One ONNX Runtime session. Closing it beside a running call would crash the JVM, so it is freed by
 * the last to leave: every call counts itself in and out, and {@link #close} is one more that
 * counts itself out.
 */
final class OnnxSession implements AutoCloseable {

    private static final AtomicInteger OPEN = new AtomicInteger();

    private final OrtSession session;
    private final AtomicInteger users = new AtomicInteger(1);
    private final AtomicBoolean closed = new AtomicBoolean();

    private OnnxSession(OrtSession session) {
        this.session = session;
        OPEN.incrementAndGet();
    }

    /**
     * A session for small models: what it computes on the CPU it computes on the calling thread,
     * and starts none of its own.
     */
    static OnnxSession open(byte[] model, Device device) throws OrtException {
        try (SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.addConfigEntry("session.inter_op.allow_spinning", "0");
            options.addConfigEntry("session.x64quantprecision", Vnni.PRESENT ? "0" : "1");
            // Old exports declare wrong shapes; the runtime warns at every call, the trial run has
            // looked.
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            device.addTo(options);
            return new OnnxSession(OnnxEnvironment.get().createSession(model, options));
        }
    }

    /** Sessions of this JVM that hold native memory. */
    static int openSessions() {
        return OPEN.get();
    }

    /** What the runtime says, in one line and without the places in its own sources. */
    static String reason(OrtException e) {
        return String.valueOf(e.getMessage())
                .replaceAll("\\s+", " ")
                .replaceAll("/onnxruntime_src/\\S+ \\S.*?\\) (const )?(\\[with [^]]*] )?", "")
                .strip();
    }

    /** Counts a caller in; it must {@link #leave} again. */
    OrtSession enter() {
        int count = users.get();
        while (count > 0) {
            if (users.compareAndSet(count, count + 1)) {
                return session;
            }
            count = users.get();
        }
        throw new IllegalStateException("the model is closed");
    }

    void leave() {
        if (users.decrementAndGet() == 0) {
            OPEN.decrementAndGet();
            Infallible.run(session::close);
        }
    }

    /** No new call from now on; frees the session now, or when the last running call leaves. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            leave();
        }
    }
}
