package com.shivx.jobs;

import com.shivx.features.FeatureSets;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.options.ScoringOptions;
import com.shivx.operators.features.TickVector;
import com.shivx.operators.scoring.InitialModel;
import com.shivx.operators.scoring.ScoredPrediction;
import com.shivx.operators.scoring.ScoringInput;
import com.shivx.operators.scoring.ScoringOperatorFactory;
import com.shivx.operators.scoring.ScoringRules;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.jspecify.annotations.Nullable;

/** Vectors to predictions. */
final class ScoringStage {

    private static final String MODEL_STORE = "shivx-models";

    private ScoringStage() {}

    /** Predictions of all ready vectors. */
    static SingleOutputStreamOperator<ScoredPrediction> define(
            DataStream<TickVector> vectors, List<InitialModel> initial, ReadableConfig options) {
        return vectors.map(ScoringInput::of)
                .returns(ScoringInput.class)
                .name("To scoring")
                .uid("to-scoring")
                .transform(
                        "Scoring",
                        TypeInformation.of(ScoredPrediction.class),
                        new ScoringOperatorFactory(rules(options), initial))
                .uid("scoring");
    }

    private static ScoringRules rules(ReadableConfig options) {
        boolean isAsync = options.get(ScoringOptions.EXECUTION) == ScoringOptions.Execution.ASYNC;
        return new ScoringRules(
                FeatureSets.byName(options.get(FeatureOptions.SET)).hash(),
                options.get(ScoringOptions.MAX_BATCH_SIZE),
                options.get(ScoringOptions.MAX_DELAY).toMillis(),
                options.get(ScoringOptions.TIMEOUT).toMillis(),
                options.get(ScoringOptions.MAX_FAILURES),
                options.get(ScoringOptions.LOAD_TIMEOUT).toMillis(),
                isAsync ? options.get(ScoringOptions.MAX_IN_FLIGHT) : 0,
                List.copyOf(options.getOptional(ScoringOptions.ALLOWED_URIS).orElse(List.of())),
                modelStore(options));
    }

    private static @Nullable String modelStore(ReadableConfig options) {
        return options.getOptional(ScoringOptions.STORE)
                .or(
                        () ->
                                options.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
                                        .map(folder -> new Path(folder, MODEL_STORE).toString()))
                .orElse(null);
    }
}
