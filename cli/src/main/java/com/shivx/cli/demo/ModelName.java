package com.shivx.cli.demo;

import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.options.ScoringOptions;
import org.apache.flink.configuration.ReadableConfig;

/** What scores, in a few words. */
final class ModelName {

    private ModelName() {}

    /** {@code baseline-momentum on market-v1}, or the model's file without its folders. */
    static String of(ReadableConfig options) {
        String uri = options.get(ScoringOptions.MODEL);
        return uri.substring(uri.lastIndexOf('/') + 1) + " on " + options.get(FeatureOptions.SET);
    }
}
