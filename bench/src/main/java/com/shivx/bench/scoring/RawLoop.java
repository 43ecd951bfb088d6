package com.shivx.bench.scoring;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;

/**
 * The least that scoring can cost: rows are copied into a buffer outside the heap that a tensor
 * stands on, the session runs into another one, and one number of each answer is read. One thread,
 * all optimizations, nothing allocated.
 */
final class RawLoop implements AutoCloseable {

    private final OrtSession session;
    private final int batch;
    private final int columns;
    private final int classes;
    private final FloatBuffer rows;
    private final FloatBuffer answers;
    private final OnnxTensor input;
    private final OnnxTensor output;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;
    private double sum;

    RawLoop(byte[] model, int batch, int columns, int classes) throws OrtException {
        this.batch = batch;
        this.columns = columns;
        this.classes = classes;
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            session = environment.createSession(model, options);
        }
        rows = floats(batch * columns);
        answers = floats(batch * classes);
        input = OnnxTensor.createTensor(environment, rows, new long[] {batch, columns});
        output = OnnxTensor.createTensor(environment, answers, new long[] {batch, classes});
        inputs = Map.of(session.getInputNames().iterator().next(), input);
        outputs = Map.of(session.getOutputNames().iterator().next(), output);
    }

    private static FloatBuffer floats(int count) {
        return ByteBuffer.allocateDirect(count * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** Scores the next batch of the given vectors, beginning again after the last. */
    void score(float[][] vectors, int from) throws OrtException {
        for (int i = 0; i < batch; i++) {
            rows.put(i * columns, vectors[(from + i) % vectors.length]);
        }
        session.run(inputs, Set.of(), outputs).close();
        for (int i = 0; i < batch; i++) {
            sum += answers.get(i * classes);
        }
    }

    /** What all answers add up to: nobody may leave them out. */
    double sum() {
        return sum;
    }

    @Override
    public void close() throws OrtException {
        input.close();
        output.close();
        session.close();
    }
}
