package com.shivx.models.onnx;

import ai.onnxruntime.OrtException;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.FeatureFit;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.graph.InputLayout;
import com.shivx.models.graph.ServingGraph;
import java.time.Duration;

/**
 * The only way from an artifact to a model that serves: checksum, size, signature against graph,
 * and a trial run. What does not pass is refused, and holds no native memory.
 *
 * @param maxBatch the largest batch that scorers will ask for; each size up to it is tried
 * @param trialTime how long the trial run may take
 * @param device what the model computes on; on a GPU every call has {@code maxBatch} rows
 */
public record ModelLoader(int maxBatch, Duration trialTime, Device device) {

    /** Batches of up to 256 rows, ten seconds for the trial, on the CPU. */
    public static final ModelLoader DEFAULT = new ModelLoader(256, Duration.ofSeconds(10));

    /** Kernels for one row may differ from those for several, so a lone row is padded. */
    private static final int SMALLEST_BATCH = 2;

    /** A loader to the CPU. */
    public ModelLoader(int maxBatch, Duration trialTime) {
        this(maxBatch, trialTime, Device.CPU);
    }

    public ModelLoader {
        if (maxBatch < 1 || maxBatch > InputLayout.MAX_BATCH) {
            throw new IllegalArgumentException(
                    "maxBatch is " + maxBatch + ", expected 1 to " + InputLayout.MAX_BATCH);
        }
    }

    /** The same to another device. */
    public ModelLoader on(Device other) {
        return new ModelLoader(maxBatch, trialTime, other);
    }

    /** The same for other batches at most. */
    public ModelLoader upTo(int batch) {
        return new ModelLoader(Math.min(batch, InputLayout.MAX_BATCH), trialTime, device);
    }

    /**
     * Loads it. Its scorers take vectors of the contract's feature set, or, where the contract has
     * none, rows of the contract's columns.
     */
    public OnnxModel load(ModelArtifact artifact) throws ModelRefusedException {
        artifact.checkSha256();
        ServingGraph graph = ServingGraph.parse(artifact.bytes());
        FeatureFit fit = FeatureFit.of(artifact.contract(), graph.inputs());
        OnnxSession session = open(graph);
        try {
            TrialRows rows = new TrialRows(fit.low(), fit.high(), graph.inputs().wholeNumbers());
            TrialRun.Findings findings =
                    new TrialRun(session, graph, artifact.contract(), rows, smallestBatch())
                            .run(maxBatch, trialTime);
            return new OnnxModel(
                    artifact.contract(), session, device, graph.inputs(), fit.indices(), findings);
        } catch (ModelRefusedException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private int smallestBatch() {
        return device.hasOneBatchSize() ? maxBatch : SMALLEST_BATCH;
    }

    private OnnxSession open(ServingGraph graph) throws ModelRefusedException {
        try {
            return OnnxSession.open(graph.bytes(), device);
        } catch (OrtException e) {
            throw device.equals(Device.CPU)
                    ? new ModelRefusedException(
                            "ONNX Runtime cannot load it: " + OnnxSession.reason(e),
                            "run it with onnxruntime 1.29 in Python, and export it again",
                            e)
                    : new ModelRefusedException(
                            "ONNX Runtime cannot load it to %s: %s"
                                    .formatted(device, OnnxSession.reason(e)),
                            "see that this machine has that GPU and the CUDA libraries of"
                                    + " onnxruntime_gpu 1.29, or let it score on the cpu",
                            e);
        }
    }
}
