package com.shivx.operators.scoring;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.onnx.OnnxModel;
import com.shivx.models.onnx.SharedModels;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * The models of each job on this TaskManager, closed when the job has left it: each loaded and
 * calibrated once, whatever number of subtasks serve it.
 *
 * <p>A TaskManager has a class loader for each job, and so a key that lives as long as the job is
 * here. This class need not be of that loader: jobs share it where the jar is in the cluster's
 * {@code lib}, and in an embedded cluster.
 */
final class JobModels implements AutoCloseable {

    private static final String RELEASE_HOOK = "shivx-models";

    private static final Map<ClassLoader, JobModels> OF_JOBS = new ConcurrentHashMap<>();

    private final SharedModels models = new SharedModels();

    /** Of the models that are loaded now. */
    private final Map<OnnxModel, CompletableFuture<Calibration>> calibrations = new WeakHashMap<>();

    /** Of a job that has none yet. */
    JobModels() {}

    /** The models of the job whose subtask asks. */
    static JobModels of(RuntimeContext subtask) {
        ClassLoader job = subtask.getUserCodeClassLoader();
        JobModels models = OF_JOBS.computeIfAbsent(job, first -> new JobModels());
        subtask.registerUserCodeClassLoaderReleaseHookIfAbsent(RELEASE_HOOK, () -> leave(job));
        return models;
    }

    /** The model, loaded unless a subtask of the job holds it already. */
    SharedModels.Lease acquire(ModelArtifact artifact, ModelLoader loader)
            throws ModelRefusedException {
        return models.acquire(artifact, loader);
    }

    /**
     * How a held model is best called, by the rules of the job. Found by the first that asks, while
     * the others wait: they would take the time from each other, and from the stream.
     */
    Calibration calibration(OnnxModel model, ScoringRules rules) {
        CompletableFuture<Calibration> found = new CompletableFuture<>();
        CompletableFuture<Calibration> before;
        synchronized (calibrations) {
            before = calibrations.putIfAbsent(model, found);
        }
        if (before != null) {
            return before.join();
        }
        try {
            Calibration calibration =
                    Calibration.of(model, rules.maxBatchSize(), rules.maxDelayMillis());
            found.complete(calibration);
            return calibration;
        } catch (RuntimeException | Error e) {
            found.completeExceptionally(e);
            throw e;
        }
    }

    /** Closes what was never given back. */
    @Override
    public void close() {
        models.close();
    }

    private static void leave(ClassLoader job) {
        JobModels left = OF_JOBS.remove(job);
        if (left != null) {
            left.close();
        }
    }
}
