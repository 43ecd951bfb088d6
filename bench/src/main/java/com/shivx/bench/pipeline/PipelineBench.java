package com.shivx.bench.pipeline;

import com.shivx.bench.BenchException;
import com.shivx.bench.BenchReport;
import com.shivx.bench.Median;
import com.shivx.bench.Progress;
import com.shivx.bench.market.ZipfMarket;
import com.shivx.bench.model.BenchModels;
import com.shivx.bench.model.SampleVectors;
import com.shivx.bench.rig.Measurement;
import com.shivx.bench.rig.Rig;
import com.shivx.bench.rig.RunningJob;
import com.shivx.bench.rig.TickTopic;
import com.shivx.features.FeatureSets;
import com.shivx.jobs.ScoringJob;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.DeploymentOptions;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.options.KafkaOptions;
import com.shivx.jobs.options.ScoringOptions;
import com.shivx.models.contract.ModelArtifact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

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

    private static final int SAMPLE = 20_000;
    private static final String TICKS = "ticks";

    /** Ticks a second that are written beforehand; what is missing is added when it shows. */
    private static final Map<Variant, Integer> FIRST_GUESS =
            Map.of(
                    Variant.IDENTITY, 800_000,
                    Variant.NAIVE, 100_000,
                    Variant.OURS, 250_000,
                    Variant.OURS_WITH_FEATURES, 200_000);

    /** What a run reads before its first checkpoint and after its last, in checkpoints. */
    private static final int MARGIN_INTERVALS = 3;

    /** A refill has to last for a run that is faster than the one that wanted it. */
    private static final double REFILL = 1.2;

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
        Path model = Files.createTempFile("shivx-bench-", ".onnx");
        try {
            Files.write(model, bench.model());
            bench.runAll(model);
        } finally {
            Files.deleteIfExists(model);
        }
        return bench.report();
    }

    private byte[] model() {
        String set = plan.options().get(FeatureOptions.SET);
        return new BenchModels(new SampleVectors(FeatureSets.byName(set), SAMPLE)).smallNetwork();
    }

    private void runAll(Path model) throws Exception {
        Configuration options = new Configuration(plan.options());
        if (options.contains(ScoringOptions.MODEL)) {
            throw new BenchException(
                    "the comparison scores with a network of its own; leave out scoring.model");
        }
        options.set(ScoringOptions.MODEL, model.toString());
        try (Rig rig = Rig.start(plan.flinkConf(), plan.settings(), options, progress)) {
            TickTopic ticks =
                    new TickTopic(rig, TICKS, new ZipfMarket(plan.symbols(), SEED, START_MICROS));
            ticks.fillTo(firstSize(), progress);
            for (int repeat = 1; repeat <= plan.repeats(); repeat++) {
                for (Variant variant : plan.variants()) {
                    String name = variant.key() + "-" + repeat;
                    Measurement run = run(variant, name, rig, ticks);
                    runs.computeIfAbsent(variant, key -> new ArrayList<>()).add(run);
                    progress.line(line(name, run));
                }
            }
        }
    }

    private long firstSize() {
        int fastest = plan.variants().stream().mapToInt(FIRST_GUESS::get).max().orElseThrow();
        return plan.symbols() + size(fastest);
    }

    private long size(double perSecond) {
        Duration whole =
                plan.warmUp()
                        .plus(plan.time())
                        .plus(plan.checkpointInterval().multipliedBy(MARGIN_INTERVALS));
        return (long) (perSecond * whole.toMillis() / 1000);
    }

    /** One run; where the ticks do not last, more are written and it is done again. */
    private Measurement run(Variant variant, String name, Rig rig, TickTopic ticks)
            throws Exception {
        for (int attempt = 1; ; attempt++) {
            Measurement run =
                    attempt(variant, name + (attempt == 1 ? "" : "." + attempt), rig, ticks);
            if (!run.cutShort()) {
                return run;
            }
            progress.line(
                    String.format(
                            Locale.ROOT,
                            "%s was through with the ticks after %.1f s at %,.0f events/s; once"
                                    + " more with more of them",
                            name,
                            run.seconds(),
                            run.perSecond()));
            ticks.fillTo(
                    Math.max(
                            (long) (ticks.size() * REFILL),
                            plan.symbols() + (long) (REFILL * size(run.perSecond()))),
                    progress);
        }
    }

    private Measurement attempt(Variant variant, String name, Rig rig, TickTopic ticks)
            throws Exception {
        Configuration options = rig.options();
        options.set(DeploymentOptions.NAME, "bench-" + name);
        options.set(KafkaOptions.GROUP_ID, "bench-" + name);
        options.set(KafkaOptions.TOPIC_PREFIX, name + "-");
        options.setString(KafkaOptions.TOPICS_PREFIX + Topic.TICKS.defaultName(), ticks.name());
        List<String> outputs =
                Arrays.stream(Topic.values())
                        .filter(topic -> topic != Topic.TICKS)
                        .map(topic -> topic.name(options))
                        .toList();
        rig.createTopics(outputs);
        try {
            StreamExecutionEnvironment env = rig.environment(options);
            build(variant, env, options);
            try (RunningJob job = rig.start(env, name)) {
                progress.now(name + ": starting");
                return Measurement.of(
                        job,
                        new Measurement.Plan(
                                options.get(KafkaOptions.GROUP_ID),
                                ticks.name(),
                                ticks.size(),
                                Topic.PREDICTIONS.name(options),
                                plan.warmUp(),
                                plan.time()),
                        rig,
                        progress);
            }
        } finally {
            rig.deleteTopics(outputs);
        }
    }

    private static void build(
            Variant variant, StreamExecutionEnvironment env, Configuration options)
            throws Exception {
        switch (variant) {
            case IDENTITY -> IdentityJob.build(env, options);
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

    private static String line(String name, Measurement run) {
        return String.format(
                Locale.ROOT,
                "%s: %,.0f events/s over %.1f s, %.1f %% of them answered, %d checkpoints of"
                        + " %,d KiB, the last one in %d ms",
                name,
                run.perSecond(),
                run.seconds(),
                100 * run.writtenShare(),
                run.checkpoints(),
                run.last().stateBytes() >> 10,
                run.last().millis());
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
                        measured.forEach(
                                run ->
                                        report.run(
                                                Map.of(
                                                        "variant", variant.key(),
                                                        "eventsPerSecond", run.perSecond(),
                                                        "seconds", run.seconds(),
                                                        "events", run.events(),
                                                        "answeredShare", run.writtenShare(),
                                                        "checkpoints", run.checkpoints(),
                                                        "stateBytes", run.last().stateBytes()))));
        return report;
    }

    private static String ratio(double median, @org.jspecify.annotations.Nullable Double to) {
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
