package com.shivx.bench.pipeline;

import com.shivx.bench.BenchReport;
import com.shivx.bench.Median;
import com.shivx.bench.Progress;
import com.shivx.bench.market.ZipfMarket;
import com.shivx.bench.rig.IdentityJob;
import com.shivx.bench.rig.InputTopic;
import com.shivx.bench.rig.Measurement;
import com.shivx.bench.rig.ModelFolder;
import com.shivx.bench.rig.Rig;
import com.shivx.bench.rig.Trial;
import com.shivx.jobs.ScoringJob;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.options.ScoringOptions;
import com.shivx.models.contract.ModelArtifact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * {@code bench pipeline}: ticks to predictions, beside bytes moved untouched and beside a naive
 * job. All in one process, one after the other and in turn, on one broker and one cluster, from the
 * same topic, exactly once.
 */
public final class PipelineBench {

    /** Where ticks are drawn from. */
    static final long SEED = 1;

    /** 2023-11-14T22:13:20Z: any would do. */
    static final long START_MICROS = 1_700_000_000_000_000L;

    private static final String TICKS = "ticks";

    /** Ticks a second that are written beforehand; what is missing is added when it shows. */
    private static final Map<Variant, Integer> FIRST_GUESS =
            Map.of(
                    Variant.IDENTITY, 800_000,
                    Variant.NAIVE, 100_000,
                    Variant.OURS, 250_000,
                    Variant.OURS_WITH_FEATURES, 200_000);

    private final PipelinePlan plan;
    private final Progress progress;
    private final Map<Variant, List<Measurement>> runs = new EnumMap<>(Variant.class);

    private PipelineBench(PipelinePlan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** Runs it. */
    public static BenchReport run(PipelinePlan plan, Progress progress) throws Exception {
        PipelineBench bench = new PipelineBench(plan, progress);
        try (ModelFolder model = ModelFolder.smallNetwork(plan.options())) {
            bench.runAll(model.options());
        }
        return bench.report();
    }

    private void runAll(Configuration options) throws Exception {
        Map<String, String> settings = plan.times().settings();
        try (Rig rig = Rig.start(plan.flinkConf(), settings, options, progress)) {
            InputTopic ticks =
                    InputTopic.ofTicks(
                            rig, TICKS, new ZipfMarket(plan.symbols(), SEED, START_MICROS));
            ticks.fillTo(firstSize(), progress);
            Trial trial = new Trial(rig, ticks, plan.times(), progress);
            for (int repeat = 1; repeat <= plan.repeats(); repeat++) {
                for (Variant variant : plan.variants()) {
                    Measurement run =
                            trial.run(
                                    variant.key() + "-" + repeat,
                                    (env, runOptions) -> build(variant, env, runOptions));
                    runs.computeIfAbsent(variant, key -> new ArrayList<>()).add(run);
                }
            }
        }
    }

    private long firstSize() {
        int fastest = plan.variants().stream().mapToInt(FIRST_GUESS::get).max().orElseThrow();
        return plan.symbols() + plan.times().records(fastest);
    }

    static void build(Variant variant, StreamExecutionEnvironment env, Configuration options)
            throws Exception {
        switch (variant) {
            case IDENTITY ->
                    IdentityJob.build(env, options, Set.of(Topic.TICKS), Topic.PREDICTIONS);
            case NAIVE -> NaiveJob.build(env, artifact(options), options);
            case OURS -> {
                options.set(FeatureOptions.OUTPUT, false);
                ScoringJob.build(env, options);
            }
            case OURS_WITH_FEATURES -> {
                options.set(FeatureOptions.OUTPUT, true);
                ScoringJob.build(env, options);
            }
        }
    }

    private static ModelArtifact artifact(Configuration options) throws Exception {
        return ModelArtifact.of(Files.readAllBytes(Path.of(options.get(ScoringOptions.MODEL))));
    }

    private BenchReport report() {
        BenchReport report =
                new BenchReport(
                        "pipeline", "variant", "events/s", "of identity", "of naive", "runs");
        Map<Variant, Double> medians = new EnumMap<>(Variant.class);
        runs.forEach(
                (variant, measured) -> {
                    double median =
                            Median.of(measured.stream().map(Measurement::perSecond).toList());
                    medians.put(variant, median);
                    report.median(variant.key(), median);
                });
        medians.forEach(
                (variant, median) ->
                        report.row(
                                variant.key(),
                                String.format(Locale.ROOT, "%,.0f", median),
                                ratio(median, medians.get(Variant.IDENTITY)),
                                ratio(median, medians.get(Variant.NAIVE)),
                                runs.getOrDefault(variant, List.of()).stream()
                                        .map(
                                                run ->
                                                        String.format(
                                                                Locale.ROOT,
                                                                "%,.0f",
                                                                run.perSecond()))
                                        .toList()
                                        .toString()));
        ratio(report, medians, "oursToIdentity", Variant.OURS, Variant.IDENTITY);
        ratio(report, medians, "oursToNaive", Variant.OURS, Variant.NAIVE);
        ratio(
                report,
                medians,
                "oursWithFeaturesToIdentity",
                Variant.OURS_WITH_FEATURES,
                Variant.IDENTITY);
        ratio(
                report,
                medians,
                "oursWithFeaturesToNaive",
                Variant.OURS_WITH_FEATURES,
                Variant.NAIVE);
        runs.forEach(
                (variant, measured) ->
                        measured.forEach(run -> report.run(variant.key(), run.figures())));
        return report;
    }

    private static String ratio(double median, @Nullable Double to) {
        return to == null ? "" : String.format(Locale.ROOT, "%.2f", median / to);
    }

    private static void ratio(
            BenchReport report, Map<Variant, Double> medians, String key, Variant of, Variant to) {
        Double numerator = medians.get(of);
        Double denominator = medians.get(to);
        if (numerator != null && denominator != null) {
            report.ratio(key, numerator / denominator);
        }
    }
}
