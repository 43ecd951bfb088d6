package com.shivx.jobs;

import com.shivx.features.FeatureSets;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.options.ScoringOptions;
import com.shivx.jobs.options.ServingOptions;
import com.shivx.models.Alarm;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.serving.ServingPart;
import com.shivx.models.serving.ServingRules;
import com.shivx.operators.features.IngestedTick;
import com.shivx.operators.features.TickVector;
import com.shivx.operators.scoring.InitialModel;
import com.shivx.operators.scoring.ScoredPrediction;
import com.shivx.operators.scoring.ScoringInput;
import com.shivx.operators.scoring.ScoringOperator;
import com.shivx.operators.scoring.ScoringRules;
import com.shivx.operators.scoring.SteeredFeaturesOperatorFactory;
import com.shivx.operators.serving.ServingAlarmsFunction;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;
import org.jspecify.annotations.Nullable;

/** Ticks and deployments to predictions: features and scoring as one chain of operators. */
final class ScoringStage {

    private static final String MODEL_STORE = "shivx-models";

    private ScoringStage() {}

    /** Vectors with the deployments between them; ticks that are not good in the side output. */
    static SingleOutputStreamOperator<ScoringInput> features(
            DataStream<IngestedTick> ticks,
            DataStream<Deployment> deployments,
            ReadableConfig options) {
        KeyedStream<IngestedTick, String> bySymbol = FeatureStage.bySymbol(ticks);
        TwoInputTransformation<IngestedTick, Deployment, ScoringInput> transformation =
                new TwoInputTransformation<>(
                        bySymbol.getTransformation(),
                        deployments.broadcast().getTransformation(),
                        "Features",
                        new SteeredFeaturesOperatorFactory(FeatureStage.rules(options)),
                        TypeInformation.of(ScoringInput.class),
                        ticks.getExecutionEnvironment().getParallelism(),
                        false);
        // Only ticks have a key; Flink's own methods want both inputs keyed, or neither.
        transformation.setStateKeySelectors(bySymbol.getKeySelector(), null);
        transformation.setStateKeyType(Types.STRING);
        ticks.getExecutionEnvironment().addOperator(transformation);
        return new KeyedAndBroadcast<>(ticks, transformation).uid(FeatureStage.UID);
    }

    /** The vectors among them. */
    static SingleOutputStreamOperator<TickVector> vectors(DataStream<ScoringInput> inputs) {
        return inputs.<TickVector>flatMap(
                        (input, out) -> {
                            TickVector vector = input.vector();
                            if (vector != null) {
                                out.collect(vector);
                            }
                        })
                .returns(TickVector.class)
                .name("Vectors apart")
                .uid("vectors-apart");
    }

    /** Predictions; events, alarms and how versions do in the side outputs. */
    static SingleOutputStreamOperator<ScoredPrediction> scoring(
            DataStream<ScoringInput> inputs, List<InitialModel> initial, ReadableConfig options) {
        return inputs.transform(
                        "Scoring",
                        TypeInformation.of(ScoredPrediction.class),
                        ScoringOperator.factory(rules(options), initial))
                .uid("scoring");
    }

    /** Alarms of what scoring has counted: few records, of few keys. */
    static SingleOutputStreamOperator<Alarm> servingAlarms(
            DataStream<ServingPart> parts, ReadableConfig options) {
        return parts.keyBy(ServingPart::model)
                .process(
                        new ServingAlarmsFunction(servingRules(options)),
                        TypeInformation.of(Alarm.class))
                .name("Serving alarms")
                .uid("serving-alarms")
                .setParallelism(1);
    }

    private static ServingRules servingRules(ReadableConfig options) {
        return ServingRules.of(
                options.get(ServingOptions.WINDOW),
                options.get(ServingOptions.LATENCY_P95),
                options.get(ServingOptions.MAX_INVALID_SHARE),
                options.get(ServingOptions.MAX_ERROR_SHARE),
                options.get(ServingOptions.INFERENCE_RATIO),
                options.get(ServingOptions.INFERENCE_FLOOR),
                options.get(ServingOptions.COOLDOWN));
    }

    private static ScoringRules rules(ReadableConfig options) {
        boolean isAsync = options.get(ScoringOptions.EXECUTION) == ScoringOptions.Execution.ASYNC;
        return new ScoringRules(
                FeatureSets.byName(options.get(FeatureOptions.SET)).hash(),
                options.get(ScoringOptions.MAX_BATCH_SIZE),
                options.get(ScoringOptions.MAX_DELAY).toMillis(),
                options.get(ScoringOptions.DEVICE),
                options.get(ScoringOptions.TIMEOUT).toMillis(),
                options.get(ScoringOptions.MAX_FAILURES),
                options.get(ScoringOptions.LOAD_TIMEOUT).toMillis(),
                isAsync ? options.get(ScoringOptions.MAX_IN_FLIGHT) : 0,
                List.copyOf(options.getOptional(ScoringOptions.ALLOWED_URIS).orElse(List.of())),
                modelStore(options));
    }

    /** Where models are kept by checksum; null without checkpoints. */
    static @Nullable String modelStore(ReadableConfig options) {
        return options.getOptional(ScoringOptions.STORE)
                .or(
                        () ->
                                options.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
                                        .map(folder -> new Path(folder, MODEL_STORE).toString()))
                .orElse(null);
    }

    /** Its constructor is for subclasses. */
    private static final class KeyedAndBroadcast<T> extends SingleOutputStreamOperator<T> {
        KeyedAndBroadcast(DataStream<?> beside, TwoInputTransformation<?, ?, T> transformation) {
            super(beside.getExecutionEnvironment(), transformation);
        }
    }
}
