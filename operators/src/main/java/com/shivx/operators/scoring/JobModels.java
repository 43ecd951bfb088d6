package com.shivx.operators.scoring;

import com.shivx.models.onnx.SharedModels;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * The models of each job on this TaskManager, closed when the job has left it.
 *
 * <p>A TaskManager has a class loader for each job, and so a key that lives as long as the job is
 * here. This class need not be of that loader: jobs share it where the jar is in the cluster's
 * {@code lib}, and in an embedded cluster.
 */
final class JobModels {

    private static final String RELEASE_HOOK = "shivx-models";

    private static final Map<ClassLoader, SharedModels> OF_JOBS = new ConcurrentHashMap<>();

    private JobModels() {}

    /** The models of the job whose subtask asks. */
    static SharedModels of(RuntimeContext subtask) {
        ClassLoader job = subtask.getUserCodeClassLoader();
        SharedModels models = OF_JOBS.computeIfAbsent(job, first -> new SharedModels());
        subtask.registerUserCodeClassLoaderReleaseHookIfAbsent(RELEASE_HOOK, () -> leave(job));
        return models;
    }

    private static void leave(ClassLoader job) {
        SharedModels models = OF_JOBS.remove(job);
        if (models != null) {
            models.close();
        }
    }
}
