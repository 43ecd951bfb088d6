package com.shivx.cli.demo;

import com.shivx.cli.deploy.ModelStatus;
import com.shivx.cli.deploy.Percent;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.options.ScoringOptions;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.ModelRef;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ReadableConfig;

/** What serves, in a few words. */
final class ModelName {

    private ModelName() {}

    /** {@code baseline-momentum on market-v1}, or the model's file without its folders. */
    static String of(ReadableConfig options) {
        String uri = options.get(ScoringOptions.MODEL);
        return uri.substring(uri.lastIndexOf('/') + 1) + " on " + options.get(FeatureOptions.SET);
    }

    /**
     * {@code direction@2.0.0 + canary 2.1.0 (10 %) on market-v1}, each model line as its subtasks
     * serve it; as the options name it while none has said so.
     */
    static String of(List<ModelStatus> lines, ReadableConfig options) {
        return lines.isEmpty()
                ? of(options)
                : lines.stream().map(ModelName::of).collect(Collectors.joining(", "))
                        + " on "
                        + options.get(FeatureOptions.SET);
    }

    private static String of(ModelStatus line) {
        String name = line.model() + "@" + line.champion();
        Deployment deployment = line.deployment();
        if (line.serving() < line.parallelism()) {
            return name
                    + " (%d of %d subtasks so far)".formatted(line.serving(), line.parallelism());
        }
        if (deployment == null) {
            return name;
        }
        ModelRef canary = deployment.canary();
        String beside =
                canary == null
                        ? ""
                        : " + canary %s (%s)"
                                .formatted(canary.version(), Percent.of(deployment.canaryShare()));
        return name
                + beside
                + deployment.shadows().stream()
                        .map(shadow -> " + shadow " + shadow.version())
                        .collect(Collectors.joining());
    }
}
