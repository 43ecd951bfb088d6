package com.shivx.jobs;

import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.jobs.ingest.Ingested;
import com.shivx.jobs.ingest.SplitIngestedFunction;
import com.shivx.jobs.kafka.DeadLetterRecords;
import com.shivx.jobs.kafka.FeatureRecords;
import com.shivx.jobs.kafka.KafkaEnds;
import com.shivx.jobs.kafka.PredictionRecords;
import com.shivx.jobs.kafka.SetAsideRecords;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.options.JobArguments;
import com.shivx.jobs.options.ScoringOptions;
import com.shivx.models.ModelArtifact;
import com.shivx.operators.features.FeaturesFunction;
import com.shivx.operators.features.IngestedTick;
import com.shivx.operators.features.SetAside;
import com.shivx.operators.features.TickVector;
import com.shivx.operators.scoring.BatchRules;
import com.shivx.operators.scoring.ScoredPrediction;
import com.shivx.operators.scoring.ScoringOperatorFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Ticks to predictions, live: Kafka ticks → features by symbol → scoring in batches → Kafka,
 * exactly once.
 *
 * <p>Arguments: {@code [--config URI]… [-D key=value]…}, see {@link JobArguments}.
 */
public final class ScoringJob {

    /** The job's name in the Web UI. */
    public static final String NAME = "ShivX scoring";

    /** The job's name in consumer groups and on dead letters. */
    public static final String GROUP = "scoring";

    private ScoringJob() {}

    /**
     * What the topology gives.
     *
     * @param vectors the vector of every good tick
     * @param predictions the prediction of every ready vector
     * @param setAside the ticks that were not good
     */
    public record Outputs(
            DataStream<TickVector> vectors,
            DataStream<ScoredPrediction> predictions,
            DataStream<SetAside> setAside) {}

    /** Submits the job to the cluster it is run on. */
    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        build(env, JobArguments.parse(env.getConfiguration(), args));
        env.execute(NAME);
    }

    /**
     * The whole job with its Kafka ends. Refuses options and models that cannot work before
     * anything is submitted.
     */
    public static void build(StreamExecutionEnvironment env, Configuration options)
            throws Exception {
        JobEnvironment.prepare(env, options);
        FeatureSet features = FeatureSets.byName(options.get(FeatureOptions.SET));
        ModelArtifact model = ScoringModel.load(options);
        KafkaEnds kafka = new KafkaEnds(options, GROUP);

        SingleOutputStreamOperator<IngestedTick> ticks =
                SplitIngestedFunction.apart(
                        env.fromSource(
                                        kafka.ticks(),
                                        TickEventTime.aligned(options),
                                        "Ticks",
                                        TypeInformation.of(Ingested.class))
                                .uid("ticks-source"));
        Outputs outputs = define(ticks, model, options);

        outputs.predictions()
                .sinkTo(kafka.sink("predictions-sink", new PredictionRecords(options)))
                .name("Predictions")
                .uid("predictions-sink");
        if (options.get(FeatureOptions.OUTPUT)) {
            outputs.vectors()
                    .sinkTo(kafka.sink("features-sink", new FeatureRecords(options, features)))
                    .name("Vectors")
                    .uid("features-sink");
        }
        outputs.setAside()
                .sinkTo(kafka.sink("set-aside-sink", new SetAsideRecords(options)))
                .name("Set aside")
                .uid("set-aside-sink");
        ticks.getSideOutput(SplitIngestedFunction.DEAD_LETTERS)
                .sinkTo(kafka.sink("dead-letters-sink", new DeadLetterRecords(options)))
                .name("Dead letters")
                .uid("dead-letters-sink");
    }

    /** The topology between its ends: ticks → features by symbol → scoring. */
    public static Outputs define(
            DataStream<IngestedTick> ticks, ModelArtifact model, ReadableConfig options) {
        SingleOutputStreamOperator<TickVector> vectors = FeatureStage.define(ticks, options);
        DataStream<ScoredPrediction> predictions =
                vectors.transform(
                                "Scoring",
                                TypeInformation.of(ScoredPrediction.class),
                                new ScoringOperatorFactory(model, batchRules(options)))
                        .uid("scoring");
        return new Outputs(vectors, predictions, vectors.getSideOutput(FeaturesFunction.SET_ASIDE));
    }

    private static BatchRules batchRules(ReadableConfig options) {
        return new BatchRules(
                options.get(ScoringOptions.MAX_BATCH_SIZE),
                options.get(ScoringOptions.MAX_DELAY).toMillis());
    }
}
