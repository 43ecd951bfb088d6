package com.shivx.operators.scoring;

import com.shivx.models.onnx.BatchScorer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends the calls of models that take too long, from a thread of its own: the one that waits for a
 * call cannot. A call that ends in time costs two writes of a field.
 */
final class Watchdog implements AutoCloseable {

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** A call is ended at most a tenth of the time too late. */
    private static final int LOOKS_PER_TIMEOUT = 10;

    private static final long MOST_MILLIS_BETWEEN_LOOKS = 250;

    private final long timeoutNanos;
    private final Set<Watched> all = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread;

    Watchdog(long timeoutMillis) {
        timeoutNanos = timeoutMillis * NANOS_PER_MILLI;
        thread =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread watching = new Thread(task, "shivx-scoring-watchdog");
                            watching.setDaemon(true);
                            return watching;
                        });
        long every =
                Math.max(1, Math.min(timeoutMillis / LOOKS_PER_TIMEOUT, MOST_MILLIS_BETWEEN_LOOKS));
        thread.scheduleAtFixedRate(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    /** The calls of one scorer, watched until it is closed. */
    final class Watched implements AutoCloseable {

        private static final long IDLE = Long.MIN_VALUE;

        private final BatchScorer scorer;
        private volatile long startNanos = IDLE;

        private Watched(BatchScorer scorer) {
            this.scorer = scorer;
        }

        /** A call of the scorer is about to start. */
        void begin(long nanos) {
            startNanos = nanos;
        }

        /** The call has ended. */
        void end() {
            startNanos = IDLE;
        }

        /** Ends the running call now. */
        void terminate() {
            scorer.terminate(scorer.call());
        }

        private void look(long nanos) {
            // The number first: a start that is read after it is not of an earlier call.
            long call = scorer.call();
            long start = startNanos;
            if (start != IDLE && nanos - start > timeoutNanos) {
                scorer.terminate(call);
            }
        }

        @Override
        public void close() {
            all.remove(this);
        }
    }

    /** Watches a scorer. */
    Watched watch(BatchScorer scorer) {
        Watched watched = new Watched(scorer);
        all.add(watched);
        return watched;
    }

    private void look() {
        long now = System.nanoTime();
        all.forEach(watched -> watched.look(now));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
