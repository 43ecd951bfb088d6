package com.shivx.bench.rig;

import com.shivx.bench.BenchException;
import com.shivx.bench.Progress;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.DeploymentOptions;
import com.shivx.jobs.options.KafkaOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Runs of jobs that read the same input, one at a time, each with topics of its own to write to,
 * which are deleted after it.
 */
public final class Trial {

    /** A refill has to last for a run that is faster than the one that wanted it. */
    private static final double REFILL = 1.2;

    /** What a run reads before its first checkpoint and after its last, in checkpoints. */
    private static final int MARGIN = 3;

    private static final int ATTEMPTS = 10;

    private final Rig rig;
    private final Inputs inputs;
    private final Topic output;
    private final Times times;
    private final Progress progress;

    /**
     * How long a run is.
     *
     * @param warmUp from its first checkpoint to the one that the measurement begins with, at least
     * @param longestWarmUp until when the measurement waits for the JIT compiler to be done; if it
     *     is never done, it is measured with it
     * @param time measured, at least
     * @param checkpointInterval between two checkpoints
     */
    public record Times(
            Duration warmUp, Duration longestWarmUp, Duration time, Duration checkpointInterval) {

        public Times {
            if (time.isZero() || time.isNegative() || warmUp.isNegative()) {
                throw new IllegalArgumentException(
                        "the time to be measured is %s after %s of warming up; it must be more than"
                                        .formatted(time, warmUp)
                                + " none");
            }
        }

        /** Flink's settings of it. */
        public Map<String, String> settings() {
            return Map.of(
                    "execution.checkpointing.interval", checkpointInterval.toMillis() + " ms");
        }

        /** Records that last for a run at that speed. */
        public long records(double perSecond) {
            Duration whole = warmUp.plus(time).plus(checkpointInterval.multipliedBy(MARGIN));
            return (long) (perSecond * whole.toMillis() / 1000);
        }
    }

    /** Puts a job into an environment; the topics it is to use are in the options. */
    @FunctionalInterface
    public interface Graph {
        void build(StreamExecutionEnvironment env, Configuration options) throws Exception;
    }

    /** Runs that read ticks and write predictions. */
    public Trial(Rig rig, InputTopic ticks, Times times, Progress progress) {
        this(rig, Map.of(Topic.TICKS, ticks), Topic.PREDICTIONS, times, progress);
    }

    /**
     * Runs that read those inputs.
     *
     * @param inputs by what a job takes them for
     * @param output where what a job writes is counted
     */
    public Trial(
            Rig rig, Map<Topic, InputTopic> inputs, Topic output, Times times, Progress progress) {
        this.rig = rig;
        this.inputs = new Inputs(inputs);
        this.output = output;
        this.times = times;
        this.progress = progress;
    }

    /**
     * One run. Where the input ends before the time it is done again, with more input if it was too
     * little, or from the beginning of the same if all that took so long was to warm up.
     */
    public Measurement run(String name, Graph graph) throws Exception {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Measurement run = attempt(attempt == 1 ? name : name + "." + attempt, graph);
            if (!run.cutShort()) {
                progress.line(name + ": " + run);
                return run;
            }
            progress.line(
                    String.format(
                            Locale.ROOT,
                            "%s: through with its input at %,.0f events/s; once more",
                            name,
                            run.perSecond()));
            inputs.fillTo((long) (REFILL * times.records(run.perSecond())), progress);
        }
        throw new BenchException(
                "%s is through with whatever it is given before it is measured; give it less time"
                        .formatted(name));
    }

    private Measurement attempt(String name, Graph graph) throws Exception {
        Configuration options = options(rig, name);
        inputs.nameIn(options);
        List<String> outputs =
                outputs(options).stream().filter(topic -> !inputs.contain(topic)).toList();
        rig.createTopics(outputs);
        try {
            StreamExecutionEnvironment env = rig.environment(options);
            graph.build(env, options);
            try (RunningJob job = rig.start(env, name)) {
                progress.now(name + ": starting");
                return Measurement.of(
                        job,
                        new Measurement.Plan(
                                options.get(KafkaOptions.GROUP_ID),
                                inputs,
                                output.name(options),
                                times),
                        rig,
                        progress);
            }
        } finally {
            rig.deleteTopics(outputs);
        }
    }

    /** Options of one job: names that no other has, and its ticks. */
    public static Configuration options(Rig rig, String name, String ticks) {
        Configuration options = options(rig, name);
        options.setString(KafkaOptions.TOPICS_PREFIX + Topic.TICKS.defaultName(), ticks);
        return options;
    }

    private static Configuration options(Rig rig, String name) {
        Configuration options = rig.options();
        options.set(DeploymentOptions.NAME, "bench-" + name);
        options.set(KafkaOptions.GROUP_ID, "bench-" + name);
        options.set(KafkaOptions.TOPIC_PREFIX, name + "-");
        return options;
    }

    /** The topics that a job with these options writes. */
    public static List<String> outputs(Configuration options) {
        return Arrays.stream(Topic.values())
                .filter(topic -> topic != Topic.TICKS)
                .map(topic -> topic.name(options))
                .toList();
    }
}
