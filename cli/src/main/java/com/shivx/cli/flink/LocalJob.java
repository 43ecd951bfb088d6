package com.shivx.cli.flink;

import com.shivx.cli.console.CommandException;
import com.shivx.local.EmbeddedFlink;
import java.time.Duration;
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
    private final JobID id;

    private LocalJob(EmbeddedFlink flink, JobID id) {
        this.flink = flink;
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
        return JobWatch.of(new FlinkRest(flink.webUi()), id.toHexString());
    }

    private void awaitRunning() throws Exception {
        FlinkRest rest = new FlinkRest(flink.webUi());
        JobWatch watch = watch();
        while (!isFinished() && !rest.isFullyRunning(id.toHexString())) {
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
