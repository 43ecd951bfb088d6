package com.shivx.operators.training;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.candidate.ModelComparison;
import com.shivx.models.candidate.TrainingRow;
import com.shivx.models.candidate.TrainingSet;
import com.shivx.models.training.TrainingException;
import com.shivx.models.validation.ValidationConfig;
import com.shivx.models.validation.ValidationReport;
import com.shivx.operators.OneInputFactory;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Judges two models by the rows that neither has learned from. */
public final class ComparisonOperator extends RowsOperator {

    private static final long serialVersionUID = 1;

    private final ComparisonSettings settings;

    ComparisonOperator(
            StreamOperatorParameters<TrainingEvent> parameters, ComparisonSettings settings) {
        super(parameters, settings.featureSet(), settings.horizonMicros());
        this.settings = settings;
    }

    /** Of one comparison. */
    public static OneInputFactory<TrainingRow, TrainingEvent> factory(ComparisonSettings settings) {
        return new OneInputFactory<>(
                ComparisonOperator.class,
                parameters -> new ComparisonOperator(parameters, settings));
    }

    @Override
    Ended end(TrainingSet set) throws TrainingException, ModelRefusedException {
        ValidationReport report =
                new ModelComparison(
                                new ValidationConfig(
                                        settings.minBlockMicros(),
                                        ValidationConfig.DEFAULT.bootstrap(),
                                        settings.minAccuracy()))
                        .compare(
                                set,
                                new ModelComparison.Side(
                                        settings.newer(), settings.newerLearnedUntilMicros()),
                                new ModelComparison.Side(
                                        settings.production(),
                                        settings.productionLearnedUntilMicros()));
        return Ended.compared(null, report);
    }
}
