package com.shivx.cli.flink;

import com.shivx.cli.console.CommandException;
import com.shivx.control.flink.FlinkRest;
import com.shivx.local.EmbeddedFlink;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job on the embedded cluster. */
public final class LocalJob {

    private static final Duration SAVEPOINT_TIMEOUT = Duration.ofMinutes(5);

    private static final long LOOK_MILLIS = 100;

    private final EmbeddedFlink flink;
    private final FlinkRest rest;
    private final JobID id;

    private LocalJob(EmbeddedFlink flink, JobID id) {
        this.flink = flink;
        this.rest = new FlinkRest(flink.webUi());
        this.id = id;
    }

    /** Starts the job that the environment, which must be this cluster's, holds. */
    public static LocalJob start(EmbeddedFlink flink, StreamExecutionEnvironment env, String name)
            throws Exception {
        LocalJob job = new LocalJob(flink, env.executeAsync(name).getJobID());
        job.awaitRunning();
        return job;
    }

    /** A watch over its progress. */
    public JobWatch watch() {
        return JobWatch.of(rest, id.toHexString());
    }

    /** Whether every task of it runs. */
    public boolean isRunning() {
        return rest.isFullyRunning(id.toHexString());
    }

    /** Why it failed last, in a line; empty where it has not. */
    public Optional<String> lastFailure() {
        return rest.failures(id.toHexString()).stream().findFirst();
    }

    /** Whether it has failed so far, even if it has been restarted since. */
    public boolean hasFailed() {
        return lastFailure().isPresent();
    }

    /** How many vectors it says it has computed; complete only if it has not failed. */
    public VectorCounts vectors() {
        return VectorCounts.of(rest, id.toHexString());
    }

    private void awaitRunning() throws Exception {
        JobWatch watch = watch();
        while (!isFinished() && !isRunning()) {
            watch.check(System.nanoTime(), 0, true);
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /** Whether it has come to its own end. */
    public boolean isFinished() throws Exception {
        return flink.client().getJobStatus(id).get().name().equals("FINISHED");
    }

    /**
     * Ends it with a savepoint and without draining, which would fire every timer.
     *
     * @return where the savepoint lies
     */
    public String stopWithSavepoint() throws Exception {
        try {
            return flink.client()
                    .stopWithSavepoint(id, false, null, SavepointFormatType.CANONICAL)
                    .get(SAVEPOINT_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new CommandException(
                    "the job did not stop within %d s; the log says more"
                            .formatted(SAVEPOINT_TIMEOUT.toSeconds()),
                    e);
        } catch (ExecutionException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            throw new CommandException("the job did not stop: " + root.getMessage(), e);
        }
    }
}
