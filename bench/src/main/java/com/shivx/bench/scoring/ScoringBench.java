package com.shivx.bench.scoring;

import com.shivx.bench.BenchReport;
import com.shivx.bench.Median;
import com.shivx.bench.Progress;
import com.shivx.bench.model.BenchModels;
import com.shivx.bench.model.SampleVectors;
import com.shivx.features.FeatureSets;
import com.shivx.features.FeatureVector;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.options.ScoringOptions;
import com.shivx.local.EmbeddedFlink;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.onnx.OnnxModel;
import com.shivx.operators.scoring.Calibration;
import com.shivx.operators.scoring.ScoringDevice;
import com.shivx.operators.scoring.ScoringRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/**
 * {@code bench scoring}: vectors to predictions by the scoring operator, beside a bare loop over
 * ONNX Runtime with the same rows in batches of the same size, in one thread and in turn.
 */
public final class ScoringBench {

    private static final int SAMPLE = 20_000;

    /** Between rounds nothing is left to be saved, and rounds are long. */
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "parallelism.default", "1",
                    "pipeline.auto-generate-uids", "true",
                    "execution.checkpointing.interval", "10 min");

    private final ScoringPlan plan;
    private final Progress progress;

    private ScoringBench(ScoringPlan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** Runs it. */
    public static BenchReport run(ScoringPlan plan, Progress progress) throws Exception {
        return new ScoringBench(plan, progress).run();
    }

    private BenchReport run() throws Exception {
        String set = plan.options().get(FeatureOptions.SET);
        SampleVectors sample = new SampleVectors(FeatureSets.byName(set), SAMPLE);
        BenchModels models = new BenchModels(sample);
        Map<String, byte[]> cases = new LinkedHashMap<>();
        cases.put("smallNetwork", models.smallNetwork());
        cases.put("wideNetwork", models.wideNetwork());
        cases.put("trees", models.trees());

        BenchReport report =
                new BenchReport(
                        "scoring", "model", "batch", "raw rows/s", "operator rows/s", "ratio");
        Configuration configuration = EmbeddedFlink.configuration(plan.flinkConf());
        SETTINGS.forEach(configuration::setString);
        try (EmbeddedFlink flink = EmbeddedFlink.start(configuration, 1, null)) {
            for (Map.Entry<String, byte[]> entry : cases.entrySet()) {
                ModelArtifact model = ModelArtifact.of(entry.getValue());
                ScoringRules rules = rules(model);
                ScoringCase scoring = new ScoringCase(model, rules, plan.round().toMillis());
                report(
                        report,
                        entry.getKey(),
                        rules.maxBatchSize(),
                        rounds(flink, entry.getKey(), scoring));
            }
        }
        float[][] rows =
                sample.vectors().stream().map(FeatureVector::values).toArray(float[][]::new);
        new GpuComparison(plan, rows, progress).addTo(report, models);
        return report;
    }

    /** The calibrated batch for both; vectors are never short, so none waits. */
    private ScoringRules rules(ModelArtifact artifact) throws ModelRefusedException {
        try (OnnxModel model = ModelLoader.DEFAULT.load(artifact)) {
            Calibration calibration =
                    Calibration.of(
                            model,
                            plan.options().get(ScoringOptions.MAX_BATCH_SIZE),
                            plan.options().get(ScoringOptions.MAX_DELAY).toMillis());
            return new ScoringRules(
                    artifact.contract().featureSetHash(),
                    calibration.batchSize(),
                    1_000,
                    ScoringDevice.CPU,
                    plan.options().get(ScoringOptions.TIMEOUT).toMillis(),
                    plan.options().get(ScoringOptions.MAX_FAILURES),
                    plan.options().get(ScoringOptions.LOAD_TIMEOUT).toMillis(),
                    0,
                    List.of(),
                    null);
        }
    }

    private List<Round> rounds(EmbeddedFlink flink, String name, ScoringCase scoring)
            throws Exception {
        int wanted = 2 * (plan.rounds() + 1);
        StreamExecutionEnvironment env = flink.environment();
        List<Round> rounds = new ArrayList<>();
        try (CloseableIterator<Round> found =
                env.fromSequence(0, wanted - 1)
                        .transform(
                                "Scoring driver",
                                TypeInformation.of(Round.class),
                                ScoringDriver.factory(scoring))
                        .executeAndCollect("scoring, " + name)) {
            while (found.hasNext()) {
                Round round = found.next();
                rounds.add(round);
                progress.now(
                        String.format(
                                Locale.ROOT,
                                "%s, %s: %,.0f rows/s, round %d of %d",
                                name,
                                round.operator() ? "operator" : "raw loop",
                                round.perSecond(),
                                rounds.size(),
                                wanted));
            }
        }
        return rounds;
    }

    private void report(BenchReport report, String name, int batch, List<Round> rounds) {
        double raw = median(rounds, false);
        double operator = median(rounds, true);
        report.row(
                name,
                Integer.toString(batch),
                String.format(Locale.ROOT, "%,.0f", raw),
                String.format(Locale.ROOT, "%,.0f", operator),
                String.format(Locale.ROOT, "%.2f", operator / raw));
        report.median(name + "Raw", raw);
        report.median(name + "Operator", operator);
        report.ratio(name, operator / raw);
        rounds.stream()
                .filter(Round::warm)
                .forEach(
                        round ->
                                report.run(
                                        name,
                                        Map.of(
                                                "by",
                                                round.operator() ? "operator" : "raw",
                                                "batch",
                                                batch,
                                                "rowsPerSecond",
                                                round.perSecond())));
        progress.line(
                String.format(
                        Locale.ROOT,
                        "%s: %,.0f rows/s by the operator, %,.0f by a raw loop",
                        name,
                        operator,
                        raw));
    }

    private static double median(List<Round> rounds, boolean operator) {
        return Median.of(
                rounds.stream()
                        .filter(round -> round.warm() && round.operator() == operator)
                        .map(Round::perSecond)
                        .toList());
    }
}
