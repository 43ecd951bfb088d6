package com.shivx.control.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A cluster in which nothing happens but what a test says. */
public final class FakeCluster implements TrainingCluster {

    private final Map<String, JobLook> jobs = new ConcurrentHashMap<>();
    private final List<String> submitted = new ArrayList<>();
    private final List<String> cancelled = new ArrayList<>();
    private Map<String, String> options = new HashMap<>();
    private volatile @Nullable TrainingClusterException failure;
    private @Nullable String planned;

    /** Every call fails so; null for none. */
    public void fail(@Nullable TrainingClusterException with) {
        failure = with;
    }

    /** The job that was submitted last is so from now on. */
    public synchronized void is(JobLook.State state, @Nullable String text) {
        jobs.put(submitted.get(submitted.size() - 1), new JobLook(state, text));
    }

    /** A job is so from now on. */
    synchronized void is(String jobId, JobLook.State state) {
        jobs.put(jobId, new JobLook(state, null));
    }

    /** Somebody has submitted the job, and it is there in a moment. */
    synchronized void plan(String jobId) {
        planned = jobId;
    }

    /** It was started anew, and knows no job. */
    public void forget() {
        jobs.clear();
    }

    public synchronized List<String> submitted() {
        return List.copyOf(submitted);
    }

    synchronized List<String> cancelled() {
        return List.copyOf(cancelled);
    }

    synchronized Map<String, String> options() {
        return options;
    }

    @Override
    public JobLook look(String jobId) throws TrainingClusterException {
        check();
        return jobs.getOrDefault(jobId, JobLook.UNKNOWN);
    }

    @Override
    public synchronized void submit(String jobId, Map<String, String> with)
            throws TrainingClusterException {
        check();
        if (jobId.equals(planned)) {
            planned = null;
            submitted.add(jobId);
            jobs.put(jobId, new JobLook(JobLook.State.RUNNING, null));
        }
        if (submitted.contains(jobId)) {
            throw new TrainingClusterException(
                    TrainingClusterException.Kind.REFUSED, "Job has already been submitted.", null);
        }
        submitted.add(jobId);
        options = with;
        jobs.put(jobId, new JobLook(JobLook.State.WAITING, null));
    }

    @Override
    public synchronized void cancel(String jobId) throws TrainingClusterException {
        check();
        cancelled.add(jobId);
    }

    private void check() throws TrainingClusterException {
        TrainingClusterException now = failure;
        if (now != null) {
            throw now;
        }
    }
}
