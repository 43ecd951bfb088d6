package com.shivx.jobs;

import com.shivx.jobs.backfill.BackfillFiles;
import com.shivx.jobs.ingest.SplitIngestedFunction;
import com.shivx.jobs.log.LogEntry;
import com.shivx.jobs.log.LogFiles;
import com.shivx.jobs.log.LogKind;
import com.shivx.jobs.log.VectorEntryFunction;
import com.shivx.jobs.options.BackfillOptions;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.options.JobArguments;
import com.shivx.operators.features.FeaturesOperator;
import com.shivx.operators.features.IngestedTick;
import com.shivx.operators.features.TickVector;
import com.shivx.operators.training.FutureGuardFunction;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Tick history to feature files: files or the topic as it stands → features by symbol → Avro files
 * by event date. The same reader order and the same function as live, and so the same vectors, bit
 * for bit.
 *
 * <p>It runs in streaming mode: batch mode would sort each symbol's ticks by time, and a feed's
 * order is part of its history.
 */
public final class BackfillJob {

    /** The job's name in the Web UI. */
    public static final String NAME = "ShivX backfill";

    /** The job's name in consumer groups and on dead letters. */
    public static final String GROUP = "backfill";

    /** Each checkpoint closes files, so that frequent ones would leave many small ones. */
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofMinutes(1);

    private BackfillJob() {}

    /** Submits the job to the cluster it is run on. */
    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        build(env, JobArguments.parse(env.getConfiguration(), args));
        env.execute(NAME);
    }

    /**
     * The whole job with its ends. Refuses options that cannot work, and files that cannot be read,
     * before anything is submitted.
     */
    public static void build(StreamExecutionEnvironment env, Configuration options)
            throws Exception {
        JobEnvironment.prepare(env, withRarerCheckpoints(options));
        String output =
                options.getOptional(BackfillOptions.OUTPUT)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "option %s is missing; name the folder that receives the files"
                                                        .formatted(BackfillOptions.OUTPUT.key())));
        Path folder = new Path(output);

        SingleOutputStreamOperator<IngestedTick> ticks =
                SplitIngestedFunction.apart(
                        BoundedTicks.source(
                                env,
                                options.getOptional(BackfillOptions.TICKS).orElse(List.of()),
                                options,
                                GROUP));
        // What is logged may be learned from without its ticks.
        SingleOutputStreamOperator<IngestedTick> guarded =
                ticks.process(new FutureGuardFunction(options.get(FeatureOptions.SET)))
                        .name("Guard against the future")
                        .uid("future-guard")
                        .setParallelism(ticks.getParallelism());
        SingleOutputStreamOperator<TickVector> vectors = FeatureStage.define(guarded, options);
        vectors.map(new VectorEntryFunction(), TypeInformation.of(LogEntry.class))
                .name("Entries of the log")
                .uid("features-entries")
                .sinkTo(LogFiles.sink(folder, LogKind.FEATURES))
                .name("Vectors")
                .uid("features-sink");
        vectors.getSideOutput(FeaturesOperator.SET_ASIDE)
                .sinkTo(BackfillFiles.setAside(folder))
                .name("Set aside")
                .uid("set-aside-sink");
        ticks.getSideOutput(SplitIngestedFunction.DEAD_LETTERS)
                .sinkTo(BackfillFiles.deadLetters(folder))
                .name("Dead letters")
                .uid("dead-letters-sink");
    }

    /** Unless the arguments say otherwise. */
    private static Configuration withRarerCheckpoints(Configuration options) {
        Configuration all = new Configuration();
        all.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
        all.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.STREAMING);
        all.addAll(options);
        return all;
    }
}
