package com.shivx.models.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import com.shivx.models.graph.InputLayout;
import java.util.Map;
import java.util.Set;

/**
 * Rows and scores of one batch size. A tensor's shape is fixed, so each size has its own pair, made
 * once: a call allocates nothing and copies nothing. Not thread-safe.
 */
final class Batch implements AutoCloseable {

    private final OnnxSession session;
    private final InputBuffers inputs;
    private final int width;
    private final NativeTensor scores;
    private final Map<String, OnnxTensor> pinned;

    Batch(OnnxSession session, InputLayout layout, int columns, ScoreShape shape, int rows)
            throws OrtException {
        this.session = session;
        this.width = shape.width();
        this.scores = new NativeTensor(shape.type(), shape.forRows(rows));
        this.inputs = new InputBuffers(layout, columns, rows);
        this.pinned = Map.of(shape.name(), scores.tensor());
    }

    int rows() {
        return inputs.rows();
    }

    /** Scores a row. */
    int width() {
        return width;
    }

    InputBuffers inputs() {
        return inputs;
    }

    /** Scores the rows that are written. */
    void run(RunOptions options) throws OrtException {
        OrtSession running = session.enter();
        try {
            running.run(inputs.tensors(), Set.of(), pinned, options).close();
        } finally {
            session.leave();
        }
    }

    float score(int row, int column) {
        return scores.get(row * width + column);
    }

    /** Frees the tensors; the session stays. */
    @Override
    public void close() {
        inputs.close();
        scores.close();
    }
}
