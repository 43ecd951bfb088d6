package com.shivx.models.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import com.shivx.models.graph.InputLayout;
import com.shivx.models.graph.LabelOutput;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows and scores of one batch size. A tensor's shape is fixed, so each size has its own pair, made
 * once: a call allocates nothing and copies nothing, but for the labels of a model that is read by
 * them. Not thread-safe.
 */
final class Batch implements AutoCloseable {

    private final OnnxSession session;
    private final InputBuffers inputs;
    private final int width;
    private final NativeTensor scores;
    private final @Nullable LabelOutput label;
    private final Set<String> requested;
    private final Map<String, OnnxTensor> pinned;
    private String[] labels = {};

    /**
     * @param columnIndices where in a vector's values each column of the model stands
     * @param label the label to read beside the scores; null to read none
     */
    Batch(
            OnnxSession session,
            InputLayout layout,
            int[] columnIndices,
            ScoreShape shape,
            @Nullable LabelOutput label,
            int rows)
            throws OrtException {
        this.session = session;
        this.width = shape.width();
        this.scores = new NativeTensor(shape.type(), shape.forRows(rows));
        this.inputs = new InputBuffers(layout, columnIndices, rows);
        this.label = label;
        this.requested = label == null ? Set.of() : Set.of(label.name());
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
        try (OrtSession.Result result = running.run(inputs.tensors(), requested, pinned, options)) {
            if (label != null) {
                labels = LabelTexts.of(result, label);
            }
        } finally {
            session.leave();
        }
    }

    /**
     * Reads the scores of rows, from {@code at} on; those of the next row begin {@code stride}
     * places after those of the one before.
     */
    void readScores(int first, int rows, float[] target, int at, int stride) {
        if (stride == width) {
            scores.get(first * width, target, at, rows * width);
            return;
        }
        for (int i = 0; i < rows; i++) {
            scores.get((first + i) * width, target, at + i * stride, width);
        }
    }

    /** The label of a row, where labels are read. */
    String label(int row) {
        return labels[row];
    }

    /** The class of that label; −1 of one that names none. */
    int labelledClass(int row) {
        return label == null ? -1 : label.classOf(labels[row]);
    }

    /** Frees the tensors; the session stays. */
    @Override
    public void close() {
        inputs.close();
        scores.close();
    }
}
