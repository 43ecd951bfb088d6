package com.shivx.models.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.graph.InputLayout;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the tensors inside a graph hold for rows that are run through it. For looking into a model,
 * not for scoring. Not thread-safe.
 */
public final class InnerTensors implements AutoCloseable {

    private static final int ROWS = 256;

    private final OnnxSession session;
    private final InputBuffers inputs;
    private final List<String> tensors;
    private int written;

    private InnerTensors(OnnxSession session, InputBuffers inputs, List<String> tensors) {
        this.session = session;
        this.inputs = inputs;
        this.tensors = tensors;
    }

    /** Takes the values of a tensor for some rows, in the order of the rows. */
    @FunctionalInterface
    public interface Reader {

        /**
         * Takes them.
         *
         * @param tensor which of the tensors
         * @param shape its shape in the call
         */
        void values(int tensor, long[] shape, FloatBuffer values) throws ModelRefusedException;
    }

    /**
     * Opens a graph.
     *
     * @param graph its outputs include the tensors
     * @param columns values a row
     * @param tensors names of float tensors whose first dimension is the rows
     */
    public static InnerTensors open(
            byte[] graph, InputLayout layout, int columns, List<String> tensors)
            throws ModelRefusedException {
        OnnxSession session = null;
        try {
            session = OnnxSession.open(graph, Device.CPU);
            int rows = layout.fixedBatch() > 0 ? layout.fixedBatch() : ROWS;
            InputBuffers inputs =
                    new InputBuffers(layout, IntStream.range(0, columns).toArray(), rows);
            return new InnerTensors(session, inputs, List.copyOf(tensors));
        } catch (OrtException e) {
            if (session != null) {
                session.close();
            }
            throw new ModelRefusedException(
                    "ONNX Runtime cannot show the tensors "
                            + tensors
                            + ": "
                            + OnnxSession.reason(e),
                    "export the model again for opset 13 or a newer one",
                    e);
        }
    }

    /**
     * Runs a row through the graph with those after it; the reader is called when a batch is full,
     * or by {@link #flush}. A row that does not fit an integer input is left out.
     */
    public void add(float[] row, Reader reader) throws ModelRefusedException {
        if (inputs.write(written, row) && ++written == inputs.rows()) {
            flush(reader);
        }
    }

    /** Runs the rows that wait. */
    public void flush(Reader reader) throws ModelRefusedException {
        if (written == 0) {
            return;
        }
        for (int row = written; row < inputs.rows(); row++) {
            inputs.blank(row);
        }
        OrtSession running = session.enter();
        try (OrtSession.Result result = running.run(inputs.tensors(), Set.copyOf(tensors))) {
            for (int i = 0; i < tensors.size(); i++) {
                OnnxTensor tensor = (OnnxTensor) result.get(tensors.get(i)).orElseThrow();
                FloatBuffer values = tensor.getFloatBuffer();
                int perRow = values.capacity() / inputs.rows();
                reader.values(i, tensor.getInfo().getShape(), values.limit(written * perRow));
            }
        } catch (OrtException e) {
            throw new ModelRefusedException(
                    "a run of the graph failed: " + OnnxSession.reason(e),
                    "run it in Python on the same rows",
                    e);
        } finally {
            session.leave();
        }
        written = 0;
    }

    @Override
    public void close() {
        inputs.close();
        session.close();
    }
}
