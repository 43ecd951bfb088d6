package com.shivx.models.onnx;

import ai.onnxruntime.OrtException;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.contract.OutputKind;
import com.shivx.models.graph.InputLayout;
import java.util.Arrays;

/**
 * A model that has passed every check of {@link ModelLoader}, with its session. Shared by the
 * scorers of any number of threads; closing it beside a running call is safe: the session is freed
 * when the last call leaves.
 */
public final class OnnxModel implements AutoCloseable {

    private final ModelContract contract;
    private final OnnxSession session;
    private final Device device;
    private final InputLayout layout;
    private final int[] columnIndices;
    private final TrialRun.Findings findings;

    OnnxModel(
            ModelContract contract,
            OnnxSession session,
            Device device,
            InputLayout layout,
            int[] columnIndices,
            TrialRun.Findings findings) {
        this.contract = contract;
        this.session = session;
        this.device = device;
        this.layout = layout;
        this.columnIndices = columnIndices;
        this.findings = findings;
    }

    public ModelContract contract() {
        return contract;
    }

    /** What it computes on. */
    public Device device() {
        return device;
    }

    /** What its numbers mean, as its contract says or its trial run showed. */
    public OutputKind output() {
        return findings.kind();
    }

    /**
     * Whether it answers a row whose every value is missing; one that does not answers
     * INVALID_OUTPUT.
     */
    public boolean answersMissing() {
        return findings.answersMissing();
    }

    /**
     * The batch sizes it may be called with, rising: for each the trial run gave every row the same
     * bits.
     */
    public int[] batchSizes() {
        return findings.batchSizes().clone();
    }

    /**
     * A row of the contract's columns as its scorers take it: a vector of the feature set, as far
     * as the model reads it, in which all else is NaN.
     */
    public float[] vector(float[] columns) {
        float[] vector = new float[Arrays.stream(columnIndices).max().orElse(-1) + 1];
        Arrays.fill(vector, Float.NaN);
        for (int i = 0; i < columnIndices.length; i++) {
            vector[columnIndices[i]] = columns[i];
        }
        return vector;
    }

    /** A scorer that uses no batch above {@code maxBatch}, unless the smallest possible one is. */
    public BatchScorer newScorer(int maxBatch) {
        int[] sizes = findings.batchSizes();
        int[] usable = Arrays.stream(sizes).filter(s -> s <= maxBatch || s == sizes[0]).toArray();
        return new BatchScorer(this, usable);
    }

    /** Models of this JVM that hold native memory. */
    public static int open() {
        return OnnxSession.openSessions();
    }

    Batch newBatch(int rows) throws OrtException {
        return new Batch(session, layout, columnIndices, findings.shape(), findings.label(), rows);
    }

    @Override
    public void close() {
        session.close();
    }
}
