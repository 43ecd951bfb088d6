package com.shivx.bench.rig;

import com.shivx.bench.BenchException;
import com.shivx.bench.Progress;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
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
 * @param ourCpu share of the machine that this process used meanwhile, broker included, 0 to 1
 * @param othersCpu share that other processes used
 * @param jit compilers of the JVM that were at work meanwhile, on average
 */
public record Measurement(
        long events,
        long written,
        double seconds,
        long checkpoints,
        RunningJob.Checkpoint last,
        boolean cutShort,
        double ourCpu,
        double othersCpu,
        double jit) {

    /** A machine that gives others more is not quiet. */
    public static final double QUIET = 0.05;

    /** The longest wait for a checkpoint: whoever has none by then will have none. */
    private static final Duration NO_CHECKPOINT = Duration.ofMinutes(3);

    private static final Duration LOOK = Duration.ofMillis(50);

    /** Offsets that have not moved for so long are all there. */
    private static final Duration SETTLED = Duration.ofMillis(400);

    private static final double MILLIS = 1000;

    /**
     * What is to be measured.
     *
     * @param group under which the job says how far it has read
     * @param inputs all that it reads, written beforehand
     * @param output what it writes
     * @param times how long
     */
    record Plan(String group, Inputs inputs, String output, Trial.Times times) {}

    /** Events a second. */
    public double perSecond() {
        return events / seconds;
    }

    /** Records written for each that was read. */
    public double writtenShare() {
        return (double) written / events;
    }

    /** All of it by name, for reports. */
    public Map<String, Object> figures() {
        return Map.of(
                "eventsPerSecond", perSecond(),
                "seconds", seconds,
                "events", events,
                "answeredShare", writtenShare(),
                "checkpoints", checkpoints,
                "stateBytes", last.stateBytes(),
                "lastCheckpointMillis", last.millis(),
                "cpuShare", ourCpu,
                "othersCpuShare", othersCpu,
                "jitCompilers", jit);
    }

    /** What is known when a checkpoint is complete. */
    private record Mark(long done, long written, RunningJob.Checkpoint checkpoint) {

        Measurement since(Mark first, MachineLoad load, boolean cutShort) {
            return new Measurement(
                    done - first.done,
                    written - first.written,
                    millisSince(first) / MILLIS,
                    checkpoint.completed() - first.checkpoint.completed(),
                    checkpoint,
                    cutShort,
                    load.ours(),
                    load.others(),
                    load.jit());
        }

        boolean isOfSameCheckpoint(Mark other) {
            return checkpoint.completed() == other.checkpoint.completed();
        }

        long millisSince(Mark other) {
            return checkpoint.triggeredMillis() - other.checkpoint.triggeredMillis();
        }
    }

    /**
     * Measures a job that has just been started.
     *
     * @throws BenchException if it fails
     */
    static Measurement of(RunningJob job, Plan plan, Rig rig, Progress progress)
            throws InterruptedException {
        Offsets offsets = new Offsets(rig);
        Mark start = null;
        Mark last = null;
        MachineLoad load = new MachineLoad();
        Warming warming = new Warming(plan.times());
        while (true) {
            Mark mark = next(job, plan, offsets, last == null ? 0 : last.done, progress);
            if (mark.done >= plan.inputs().size()) {
                return cutShort(start, last == null ? mark : last, mark, load, warming.seconds());
            }
            if (last != null && mark.isOfSameCheckpoint(last)) {
                // A reader was late to commit: that is what the checkpoint really covers.
                start = start != null && start.isOfSameCheckpoint(last) ? mark : start;
            } else if (start != null) {
                if (mark.millisSince(start) >= plan.times().time().toMillis()) {
                    return mark.since(start, load, false);
                }
                say(job, mark, start, plan, progress);
            } else if (warming.isOver() && mark.done > plan.inputs().opening()) {
                start = mark;
                load = new MachineLoad();
            } else {
                progress.now("%s: %s, %s".formatted(job.name(), warming, rate(mark, last)));
            }
            last = mark;
        }
    }

    private static String rate(Mark mark, @Nullable Mark last) {
        return last == null
                ? "no rate yet"
                : String.format(
                        Locale.ROOT,
                        "%,.0f events/s",
                        (mark.done - last.done) / (mark.millisSince(last) / MILLIS));
    }

    private static void say(RunningJob job, Mark mark, Mark start, Plan plan, Progress progress) {
        double seconds = mark.millisSince(start) / MILLIS;
        progress.now(
                String.format(
                        Locale.ROOT,
                        "%s: %,.0f events/s, %.0f of %d s",
                        job.name(),
                        (mark.done - start.done) / seconds,
                        seconds,
                        plan.times().time().toSeconds()));
    }

    /** What was measured before the input ended; a guess, where that was before the beginning. */
    private static Measurement cutShort(
            @Nullable Mark start, Mark last, Mark end, MachineLoad load, double seconds) {
        if (start != null && !last.isOfSameCheckpoint(start)) {
            return last.since(start, load, true);
        }
        return new Measurement(end.done, end.written, seconds, 0, end.checkpoint, true, 0, 0, 0);
    }

    /** Waits for the next checkpoint whose offsets are committed. */
    private static Mark next(
            RunningJob job, Plan plan, Offsets offsets, long before, Progress progress)
            throws InterruptedException {
        long deadline = System.nanoTime() + NO_CHECKPOINT.toNanos();
        long checked = System.nanoTime();
        while (System.nanoTime() < deadline) {
            progress.pause(LOOK);
            long done = plan.inputs().done(offsets, plan.group());
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

    /** Readers commit one after the other: waits until they seem to have. */
    private static Mark mark(
            RunningJob job, Plan plan, Offsets offsets, long first, Progress progress)
            throws InterruptedException {
        long done = first;
        long since = System.nanoTime();
        while (System.nanoTime() - since < SETTLED.toNanos()) {
            progress.pause(LOOK);
            long again = plan.inputs().done(offsets, plan.group());
            if (again != done) {
                done = again;
                since = System.nanoTime();
            }
        }
        RunningJob.Checkpoint checkpoint =
                job.latestCheckpoint()
                        .orElseThrow(
                                () ->
                                        new BenchException(
                                                job.name() + " commits without a checkpoint"));
        return new Mark(done, offsets.committed(plan.output()), checkpoint);
    }

    /** All of it in a line. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,.0f events/s over %.1f s, %.1f %% of them answered, %d checkpoints (the last one"
                        + " %,d KiB in %d ms), %.0f %% of the machine used, JIT at work"
                        + " %.0f %% of the time%s",
                perSecond(),
                seconds,
                100 * writtenShare(),
                checkpoints,
                last.stateBytes() >> 10,
                last.millis(),
                100 * ourCpu,
                100 * jit,
                othersCpu > QUIET
                        ? String.format(
                                Locale.ROOT,
                                " and %.0f %% BY OTHERS: not a quiet machine",
                                100 * othersCpu)
                        : "");
    }
}
