package com.shivx.cli.flink;

import com.shivx.cli.console.CommandException;
import com.shivx.control.flink.FlinkRest;
import java.time.Duration;
import java.util.List;

/**
 * Watches that a job gets on. A job that has failed is reported at once; one that fails and
 * restarts is given time as long as it gets on in between, and reported with its last failure when
 * it does not.
 */
public final class JobWatch {

    /** Longer than any checkpoint takes on a machine that is only slow. */
    static final Duration NO_PROGRESS = Duration.ofMinutes(2);

    /** So many failures in a row, with nothing done in between, will not end by themselves. */
    static final int FAILURES_IN_A_ROW = 5;

    /** Flink's REST API tells of a failure some seconds later than of the end that it caused. */
    static final Duration CAUSE_DEADLINE = Duration.ofSeconds(10);

    private static final long NOT_ENDED = Long.MIN_VALUE;

    private final JobStatusSource job;
    private long endNanos = NOT_ENDED;
    private long lastProgress = Long.MIN_VALUE;
    private long progressNanos;
    private int failuresAtProgress;

    /** What is asked about the job. */
    public interface JobStatusSource {

        /** Flink's word for how it is. */
        String state();

        /** Its failures so far, the latest first. */
        List<String> failures();
    }

    public JobWatch(JobStatusSource job) {
        this.job = job;
    }

    /** A watch over a job of a cluster. */
    public static JobWatch of(FlinkRest flink, String jobId) {
        return new JobWatch(
                new JobStatusSource() {
                    @Override
                    public String state() {
                        return flink.state(jobId);
                    }

                    @Override
                    public List<String> failures() {
                        return flink.failures(jobId);
                    }
                });
    }

    /**
     * Looks once.
     *
     * @param nanos the time, as of {@link System#nanoTime()}
     * @param done anything that grows while the job gets on
     * @param hasWork whether there is anything for it to do
     * @throws CommandException with the root cause of its last failure, if it will not get on
     */
    public void check(long nanos, long done, boolean hasWork) {
        List<String> failures = job.failures();
        String state = job.state();
        if (state.equals("CANCELED")) {
            throw new CommandException("the job has been cancelled: " + last(failures));
        }
        if (state.equals("FAILED")) {
            endNanos = endNanos == NOT_ENDED ? nanos : endNanos;
            if (failures.isEmpty() && nanos - endNanos < CAUSE_DEADLINE.toNanos()) {
                return;
            }
            throw new CommandException("the job has failed: " + last(failures));
        }
        if (done != lastProgress || !hasWork) {
            lastProgress = done;
            progressNanos = nanos;
            failuresAtProgress = failures.size();
            return;
        }
        if (failures.size() - failuresAtProgress >= FAILURES_IN_A_ROW) {
            throw new CommandException(
                    "the job fails again and again (%d times in a row): %s"
                            .formatted(failures.size() - failuresAtProgress, last(failures)));
        }
        if (nanos - progressNanos > NO_PROGRESS.toNanos()) {
            throw new CommandException(
                    "the job has scored nothing for %d s; it is %s, %s"
                            .formatted(NO_PROGRESS.toSeconds(), state, last(failures)));
        }
    }

    private static String last(List<String> failures) {
        return failures.isEmpty() ? "without a failure so far; the log says more" : failures.get(0);
    }
}
