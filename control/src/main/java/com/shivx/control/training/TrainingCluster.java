package com.shivx.control.training;

import java.util.Map;

/** Where trainings run. Every call has an end, and may be made again. */
public interface TrainingCluster {

    /** How a job is. */
    JobLook look(String jobId) throws TrainingClusterException;

    /**
     * Submits a training under an id, and returns when the cluster has taken it.
     *
     * @param jobId 32 hexadecimal digits; one that the cluster has had is refused
     * @param options of the training job, by key
     */
    void submit(String jobId, Map<String, String> options) throws TrainingClusterException;

    /** Asks for a job's end, and does not wait for it. */
    void cancel(String jobId) throws TrainingClusterException;
}
