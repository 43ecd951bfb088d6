package com.shivx.bench.rig;

import com.shivx.bench.BenchException;
import com.shivx.bench.Progress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How fast a job gets on: what it has read between the beginnings of two checkpoints, over the time
 * between them, both of which are complete and their results committed. So nothing counts that is
 * only buffered.
 *
 * @param events read from the input
 * @param written to the output, marks of transactions included
 * @param seconds between the two checkpoints
 * @param checkpoints in that time
 * @param last the later of the two
 * @param cutShort whether the input ended before the time
 */
public record Measurement(
        long events,
        long written,
        double seconds,
        long checkpoints,
        RunningJob.Checkpoint last,
        boolean cutShort) {

    /** The longest wait for a checkpoint: whoever has none by then will have none. */
    private static final Duration NO_CHECKPOINT = Duration.ofMinutes(3);

    private static final Duration LOOK = Duration.ofMillis(50);
    private static final double MILLIS = 1000;

    /**
     * What is to be measured.
     *
     * @param group under which the job says how far it has read
     * @param input its input
     * @param size records in it
     * @param output what it writes
     * @param warmUp from its first checkpoint to the one that the measurement begins with, at least
     * @param time to be measured, at least
     */
    public record Plan(
            String group, String input, long size, String output, Duration warmUp, Duration time) {}

    /** Events a second. */
    public double perSecond() {
        return events / seconds;
    }

    /** Records written for each that was read. */
    public double writtenShare() {
        return (double) written / events;
    }

    /** What is known when a checkpoint is complete. */
    private record Mark(long done, long written, RunningJob.Checkpoint checkpoint) {

        Measurement since(Mark first, boolean cutShort) {
            return new Measurement(
                    done - first.done,
                    written - first.written,
                    millisSince(first) / MILLIS,
                    checkpoint.completed() - first.checkpoint.completed(),
                    checkpoint,
                    cutShort);
        }

        long millisSince(Mark other) {
            return checkpoint.triggeredMillis() - other.checkpoint.triggeredMillis();
        }
    }

    /**
     * Measures a job that has just been started.
     *
     * @throws BenchException if it fails, or reads to the end before two checkpoints
     */
    public static Measurement of(RunningJob job, Plan plan, Rig rig, Progress progress)
            throws InterruptedException {
        Offsets offsets = new Offsets(rig);
        Mark warm = null;
        Mark start = null;
        Mark last = null;
        while (true) {
            Mark mark = next(job, plan, offsets, last == null ? 0 : last.done, progress);
            if (mark == null || mark.done >= plan.size()) {
                return cutShort(job, start, last);
            }
            if (warm == null) {
                warm = mark;
            }
            if (start == null && mark.millisSince(warm) >= plan.warmUp().toMillis()) {
                start = mark;
            }
            last = mark;
            if (start != null) {
                Measurement measured = mark.since(start, false);
                if (mark.millisSince(start) >= plan.time().toMillis()) {
                    return measured;
                }
                say(job, measured, plan, progress);
            } else {
                progress.now("%s: warming up".formatted(job.name()));
            }
        }
    }

    private static void say(RunningJob job, Measurement so, Plan plan, Progress progress) {
        if (so.events() > 0) {
            progress.now(
                    String.format(
                            Locale.ROOT,
                            "%s: %,.0f events/s over %.0f of %d s",
                            job.name(),
                            so.perSecond(),
                            so.seconds(),
                            plan.time().toSeconds()));
        }
    }

    private static Measurement cutShort(RunningJob job, @Nullable Mark start, @Nullable Mark last) {
        if (start == null || last == null || last == start) {
            throw new BenchException(
                    job.name()
                            + " was through with its input before it could be measured; give it"
                            + " more, or less time");
        }
        return last.since(start, true);
    }

    /** Waits for the next checkpoint whose offsets are committed; null at the end of the input. */
    private static @Nullable Mark next(
            RunningJob job, Plan plan, Offsets offsets, long before, Progress progress)
            throws InterruptedException {
        long deadline = System.nanoTime() + NO_CHECKPOINT.toNanos();
        long checked = System.nanoTime();
        if (before >= plan.size()) {
            return null;
        }
        while (System.nanoTime() < deadline) {
            progress.pause(LOOK);
            long done = offsets.done(plan.group(), plan.input());
            if (done != before) {
                return mark(job, plan, offsets, done, progress);
            }
            if (System.nanoTime() - checked > TimeUnit.SECONDS.toNanos(1)) {
                checked = System.nanoTime();
                job.check();
            }
        }
        throw new BenchException(
                "%s has completed no checkpoint for %d s; see the log"
                        .formatted(job.name(), NO_CHECKPOINT.toSeconds()));
    }

    /** Readers commit one after the other: waits until all have. */
    private static Mark mark(
            RunningJob job, Plan plan, Offsets offsets, long first, Progress progress)
            throws InterruptedException {
        long done = first;
        long again;
        while (true) {
            progress.pause(LOOK.multipliedBy(2));
            again = offsets.done(plan.group(), plan.input());
            if (again == done) {
                break;
            }
            done = again;
        }
        RunningJob.Checkpoint checkpoint =
                job.latestCheckpoint()
                        .orElseThrow(
                                () ->
                                        new BenchException(
                                                job.name() + " commits without a checkpoint"));
        return new Mark(done, offsets.committed(plan.output()), checkpoint);
    }
}
