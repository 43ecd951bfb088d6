package com.shivx.models.candidate;

import com.shivx.features.FeatureSet;
import com.shivx.models.validation.SpanShares;
import com.shivx.models.validation.ValidationConfig;
import java.util.Map;

/**
 * How a candidate is made.
 *
 * @param model the model line
 * @param features whose vectors it takes
 * @param labels how rows were labelled, by name, for the provenance
 * @param trainer {@code xgboost}, {@code linear} or {@code command:CMD}
 * @param parameters of the trainer, by name
 * @param search trials of a random search; 1 for none
 * @param seed draws everything that is drawn
 * @param shares how time, or the time of a fold, is divided
 * @param folds how often it is made as time goes on, each time judged by what comes next; at least
 *     1
 * @param validation how it is judged
 * @param referenceWindowMicros length of the live windows that drift is told by
 * @param codeVersion release of the code, for the provenance
 */
public record CandidateRules(
        String model,
        FeatureSet features,
        Map<String, String> labels,
        String trainer,
        Map<String, String> parameters,
        int search,
        long seed,
        SpanShares shares,
        int folds,
        ValidationConfig validation,
        long referenceWindowMicros,
        String codeVersion) {}
