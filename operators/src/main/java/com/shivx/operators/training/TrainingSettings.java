package com.shivx.operators.training;

import com.shivx.features.FeatureSet;
import com.shivx.models.candidate.CandidateRules;
import com.shivx.models.validation.SpanShares;
import com.shivx.models.validation.ValidationConfig;
import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a training works by, as it travels to where it is done.
 *
 * @param model the model line
 * @param featureSet name of the feature set
 * @param horizonMicros how long after a row its label is decided
 * @param labels how rows are labelled, for the provenance
 * @param trainer {@code xgboost}, {@code linear} or {@code command:CMD}
 * @param parameters of the trainer
 * @param search trials of a random search; 1 for none
 * @param seed draws everything that is drawn
 * @param shares how its time is divided
 * @param folds how often it is trained as time goes on, each time judged by what comes next
 * @param minBlockMicros least mean length of a validation's blocks
 * @param minAccuracy least accuracy of a model to be promoted; null for none
 * @param referenceWindowMicros length of the windows that drift is told by
 * @param registry URI of the registry
 * @param version semantic version to register as; null for the next
 * @param bump which number the next raises: MAJOR, MINOR or PATCH
 * @param by who trains
 * @param codeVersion release of the code
 * @param output folder that receives the candidate whatever the verdict; null for none
 * @param placebo share of the time, 0 to 1, that labels are moved by so that they mean nothing; 0
 *     to train for real
 * @param request id of the request that it is made for, at most once; null where nobody waits
 * @param champion what the version is compared with once it is registered: a name of the registry
 *     or the place of its file; null for nothing
 */
public record TrainingSettings(
        String model,
        String featureSet,
        long horizonMicros,
        Map<String, String> labels,
        String trainer,
        Map<String, String> parameters,
        int search,
        long seed,
        SpanShares shares,
        int folds,
        long minBlockMicros,
        @Nullable Double minAccuracy,
        long referenceWindowMicros,
        String registry,
        @Nullable String version,
        String bump,
        String by,
        String codeVersion,
        @Nullable String output,
        double placebo,
        @Nullable String request,
        @Nullable String champion)
        implements Serializable {

    /** What a candidate is made by. */
    CandidateRules rules(FeatureSet features) {
        return new CandidateRules(
                model,
                features,
                labels,
                trainer,
                parameters,
                search,
                seed,
                shares,
                folds,
                validation(),
                referenceWindowMicros,
                codeVersion);
    }

    /** What it is judged by. */
    ValidationConfig validation() {
        return new ValidationConfig(
                minBlockMicros, ValidationConfig.DEFAULT.bootstrap(), minAccuracy);
    }
}
