package com.shivx.cli;

import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.options.ScoringOptions;
import com.shivx.models.contract.ContractFlags;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a model's file does not say about it. */
final class ContractInputs {

    @Option(
            names = "--features",
            paramLabel = "SET",
            description = "The feature set it takes (default: market-v1).")
    private @Nullable String features;

    @Option(
            names = "--columns",
            paramLabel = "a,b,…",
            description = "The features it takes, in its order, where its file does not say.")
    private @Nullable String columns;

    @Option(
            names = "--classes",
            paramLabel = "DOWN,FLAT,UP",
            description = "Its classes, in its order, where its file does not say.")
    private @Nullable String classes;

    @Option(
            names = "--actions",
            paramLabel = "UP=BUY,…",
            description =
                    "What to do at each class: BUY, HOLD or SELL (default: UP=BUY,FLAT=HOLD,DOWN=SELL).")
    private @Nullable String actions;

    /** What the options say, as options of the job. */
    Map<String, String> values() {
        Map<String, String> values = new TreeMap<>();
        put(values, FeatureOptions.SET.key(), features);
        put(values, ScoringOptions.COLUMNS.key(), columns);
        put(values, ScoringOptions.CLASSES.key(), classes);
        put(values, ScoringOptions.ACTIONS.key(), actions);
        return values;
    }

    /**
     * The same of a model that is no job's own.
     *
     * @param featureSet that it takes, unless the options name another; null of a model that need
     *     take none
     */
    ContractFlags flags(@Nullable String featureSet) {
        return ContractFlags.parse(
                features == null ? featureSet : features, columns, classes, actions);
    }

    private static void put(Map<String, String> values, String key, @Nullable String value) {
        if (value != null) {
            values.put(key, value);
        }
    }
}
