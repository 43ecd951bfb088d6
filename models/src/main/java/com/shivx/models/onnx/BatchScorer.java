package com.shivx.models.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import com.shivx.models.PredictionStatus;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Scores rows in batches, with buffers of its own over the shared session of an {@link OnnxModel}.
 * One thread scores; {@link #terminate} may come from another. A row's answer does not depend on
 * the rows beside it: the model's trial run has shown it for every batch size used here.
 */
public final class BatchScorer implements AutoCloseable {

    private final OnnxModel model;
    private final int[] sizes;
    private final @Nullable Batch[] batches;
    private final Scores scores;
    private final RunOptions runOptions;

    private long calls;
    private boolean running;
    private boolean terminated;

    BatchScorer(OnnxModel model, int[] sizes) {
        this.model = model;
        this.sizes = sizes;
        this.batches = new Batch[sizes.length];
        this.scores = new Scores(model.contract(), model.output());
        this.runOptions = Infallible.get(RunOptions::new);
    }

    /** As {@link #score(int, IntFunction)}. */
    public Scores score(float[]... rows) {
        return score(rows.length, i -> rows[i]);
    }

    /**
     * Scores rows. A row that cannot be scored is told by its status, never by an exception.
     *
     * @param count how many
     * @param rows the i-th row: a whole vector of the model's feature set, or of a model without
     *     one its columns
     * @return overwritten by the next call
     * @throws IllegalStateException if the model is closed
     */
    public Scores score(int count, IntFunction<float[]> rows) {
        begin();
        scores.reset(count);
        try {
            for (int done = 0; done < count; ) {
                done += scoreBatch(done, count - done, rows);
            }
        } finally {
            end();
        }
        return scores;
    }

    private int scoreBatch(int from, int left, IntFunction<float[]> rows) {
        int size = size(left);
        int taken = Math.min(left, sizes[size]);
        try {
            Batch batch = batch(size);
            for (int i = 0; i < taken; i++) {
                boolean fits = batch.inputs().write(i, rows.apply(from + i));
                scores.set(from + i, fits ? PredictionStatus.OK : PredictionStatus.FAILED);
            }
            for (int i = taken; i < batch.rows(); i++) {
                batch.inputs().blank(i);
            }
            batch.run(runOptions);
            scores.take(from, batch, taken);
        } catch (OrtException e) {
            PredictionStatus status =
                    isTerminated() ? PredictionStatus.TIMEOUT : PredictionStatus.FAILED;
            for (int i = 0; i < taken; i++) {
                scores.set(from + i, status);
            }
        }
        return taken;
    }

    /** The smallest size that holds them, or the largest. */
    private int size(int rows) {
        int size = 0;
        while (size < sizes.length - 1 && sizes[size] < rows) {
            size++;
        }
        return size;
    }

    private Batch batch(int size) throws OrtException {
        Batch batch = batches[size];
        if (batch == null) {
            batch = model.newBatch(sizes[size]);
            batches[size] = batch;
        }
        return batch;
    }

    /**
     * The number of the call that is running, or of the next one: what {@link #terminate} takes.
     */
    public synchronized long call() {
        return calls;
    }

    /**
     * Ends that call if it is still running, from any thread: its unscored rows become TIMEOUT. A
     * call that has ended meanwhile is not touched, nor is a later one.
     */
    public synchronized void terminate(long call) {
        if (running && call == calls) {
            setTerminate(true);
        }
    }

    private synchronized void begin() {
        running = true;
    }

    private synchronized void end() {
        running = false;
        calls++;
        if (terminated) {
            setTerminate(false);
        }
    }

    private synchronized boolean isTerminated() {
        return terminated;
    }

    private void setTerminate(boolean terminate) {
        Infallible.run(() -> runOptions.setTerminate(terminate));
        terminated = terminate;
    }

    /** Frees the buffers; the model stays. */
    @Override
    public void close() {
        for (Batch batch : batches) {
            if (batch != null) {
                batch.close();
            }
        }
        runOptions.close();
    }
}
