package com.shivx.control.flink;

import com.shivx.control.training.JobLook;
import com.shivx.control.training.TrainingCluster;
import com.shivx.control.training.TrainingClusterException;
import com.shivx.models.lifecycle.TrainingEnd;
import java.util.Map;
import java.util.Optional;

/** Trainings on a Flink cluster, followed by its REST API. */
public final class FlinkTrainings implements TrainingCluster {

    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;
    private static final int UNAVAILABLE = 503;

    /** The job's own complaint about an option, which is the same the next time. */
    private static final String WRONG_OPTION = "IllegalArgumentException";

    private final FlinkRest rest;
    private final Submission submission;

    /** How a training gets to the cluster. */
    @FunctionalInterface
    public interface Submission {

        /**
         * Submits it, and returns when the cluster has taken it.
         *
         * @param jobId the id that it shall have
         * @param options of the training job
         */
        void submit(String jobId, Map<String, String> options) throws Exception;
    }

    public FlinkTrainings(FlinkRest rest, Submission submission) {
        this.rest = rest;
        this.submission = submission;
    }

    @Override
    public JobLook look(String jobId) throws TrainingClusterException {
        try {
            Optional<FlinkRest.JobState> found = rest.job(jobId);
            if (found.isEmpty()) {
                return JobLook.UNKNOWN;
            }
            FlinkRest.JobState job = found.get();
            return switch (job.state()) {
                case "FINISHED" ->
                        new JobLook(
                                JobLook.State.FINISHED,
                                rest.accumulator(jobId, TrainingEnd.ACCUMULATOR).orElse(null));
                case "FAILED" -> new JobLook(JobLook.State.FAILED, failure(jobId));
                case "CANCELED" -> new JobLook(JobLook.State.CANCELED, null);
                default ->
                        new JobLook(
                                job.hasStarted() ? JobLook.State.RUNNING : JobLook.State.WAITING,
                                null);
            };
        } catch (FlinkRestException e) {
            throw translated(e, SERVER_ERROR);
        }
    }

    private String failure(String jobId) {
        return rest.failures(jobId).stream()
                .findFirst()
                .orElse("Flink does not say why; the JobManager's log does");
    }

    @Override
    public void submit(String jobId, Map<String, String> options) throws TrainingClusterException {
        try {
            submission.submit(jobId, options);
        } catch (FlinkRestException e) {
            throw translated(e, UNAVAILABLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingClusterException(
                    TrainingClusterException.Kind.UNREACHABLE, "interrupted while submitting", e);
        } catch (Exception e) {
            throw new TrainingClusterException(
                    e instanceof IllegalArgumentException
                            ? TrainingClusterException.Kind.WRONG
                            : TrainingClusterException.Kind.REFUSED,
                    "the training cannot be submitted: " + root(e),
                    e);
        }
    }

    @Override
    public void cancel(String jobId) throws TrainingClusterException {
        try {
            rest.cancel(jobId);
        } catch (FlinkRestException e) {
            throw translated(e, SERVER_ERROR);
        }
    }

    /**
     * What a failure says of a job.
     *
     * @param unknowing from this status on an answer says nothing: while a JobManager takes over,
     *     Flink answers 503 or 500 about jobs that go on; what a job's {@code main} throws is a 500
     *     too
     */
    private static TrainingClusterException translated(FlinkRestException e, int unknowing) {
        String message = String.valueOf(e.getMessage());
        TrainingClusterException.Kind kind =
                e.status() < CLIENT_ERROR || e.status() >= unknowing
                        ? TrainingClusterException.Kind.UNREACHABLE
                        : message.contains(WRONG_OPTION)
                                ? TrainingClusterException.Kind.WRONG
                                : TrainingClusterException.Kind.REFUSED;
        return new TrainingClusterException(kind, message, e);
    }

    private static String root(Exception e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
