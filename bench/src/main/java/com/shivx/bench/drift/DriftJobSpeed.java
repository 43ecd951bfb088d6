package com.shivx.bench.drift;

import com.shivx.bench.BenchReport;
import com.shivx.bench.Progress;
import com.shivx.bench.market.ZipfMarket;
import com.shivx.bench.model.BenchModels;
import com.shivx.bench.model.SampleVectors;
import com.shivx.bench.rig.IdentityJob;
import com.shivx.bench.rig.InputTopic;
import com.shivx.bench.rig.MadeUpPredictions;
import com.shivx.bench.rig.MadeUpVectors;
import com.shivx.bench.rig.MarketPlan;
import com.shivx.bench.rig.Measurement;
import com.shivx.bench.rig.ModelFolder;
import com.shivx.bench.rig.Rig;
import com.shivx.bench.rig.SideBySide;
import com.shivx.bench.rig.Trial;
import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.jobs.DriftJob;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.DriftOptions;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.models.artifact.ReferenceFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.flink.configuration.Configuration;

/**
 * How fast {@link DriftJob} counts and reports what it reads from Kafka: a vector and a prediction
 * of every tick, of one watched version; beside it, in turn, the same bytes moved untouched.
 */
final class DriftJobSpeed {

    private static final long SEED = 5;
    private static final long START_MICROS = 1_700_000_000_000_000L;
    private static final int SAMPLE = 20_000;

    /** Vectors and predictions a second that are written beforehand; what is missing is added. */
    private static final int FIRST_GUESS = 600_000;

    /** Short, so that some end while it is measured. */
    private static final Duration WINDOW = Duration.ofSeconds(30);

    /** Live, neither is ahead of the other for long. */
    private static final Duration AHEAD = Duration.ofSeconds(1);

    private final MarketPlan plan;
    private final Progress progress;
    private final FeatureSet set;
    private final SampleVectors sample;

    DriftJobSpeed(MarketPlan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
        this.set = FeatureSets.byName(plan.options().get(FeatureOptions.SET));
        this.sample = new SampleVectors(set, SAMPLE);
    }

    /** Measures it, and puts what was found into the report. */
    void addTo(BenchReport report) throws Exception {
        SideBySide runs = compare();
        // An event is a vector or a prediction, as many of each.
        double vectors = runs.perSecond(SideBySide.OURS) / 2;
        report.figure("valuesPerSecond", set.size() * vectors);
        report.figure("vectorsPerSecond", vectors);
        runs.addTo(report);
        report.note(
                String.format(
                        Locale.ROOT,
                        "DriftJob: %,.0f feature values/s, from Kafka to reports (%,.0f vectors/s of %d"
                                + " values, and as many predictions); %.2f of moving them untouched;"
                                + " state %,.0f MiB",
                        set.size() * vectors,
                        vectors,
                        set.size(),
                        runs.toIdentity(SideBySide.OURS),
                        runs.stateMib(SideBySide.OURS)));
        long reports =
                runs.runs(SideBySide.OURS).stream().mapToLong(Measurement::written).sum();
        if (reports == 0) {
            report.note("no window ended in that time: give it more --seconds");
        }
    }

    private SideBySide compare() throws Exception {
        Configuration options =
                plan.optionsBefore(new Configuration().set(DriftOptions.MAX_AHEAD, AHEAD));
        try (ModelFolder model = ModelFolder.smallNetwork(options)) {
            model.put(ReferenceFile.FILE_NAME, reference());
            Map<String, String> settings = plan.times().settings();
            try (Rig rig = Rig.start(plan.flinkConf(), settings, model.options(), progress)) {
                Map<Topic, InputTopic> inputs = inputs(rig);
                return SideBySide.run(
                        new Trial(rig, inputs, Topic.DRIFT_REPORTS, plan.times(), progress),
                        plan.repeats(),
                        (env, jobOptions) ->
                                IdentityJob.build(
                                        env, jobOptions, inputs.keySet(), Topic.DRIFT_REPORTS),
                        DriftJob::build);
            }
        }
    }

    private byte[] reference() {
        return new MadeUpReference(set, sample.vectors(), WINDOW)
                .measure(predictions(), new SplittableRandom(SEED))
                .write()
                .getBytes(StandardCharsets.UTF_8);
    }

    private Map<Topic, InputTopic> inputs(Rig rig) throws InterruptedException {
        InputTopic vectors =
                new InputTopic(
                        rig,
                        "features",
                        "vectors",
                        0,
                        new MadeUpVectors(market(), sample.vectors()),
                        MadeUpVectors.header());
        InputTopic predictions =
                new InputTopic(rig, "predictions", "predictions of them", 0, predictions());
        long each = plan.times().records(FIRST_GUESS) / 2;
        vectors.fillTo(each, progress);
        predictions.fillTo(each, progress);
        return Map.of(Topic.FEATURES, vectors, Topic.PREDICTIONS, predictions);
    }

    private MadeUpPredictions predictions() {
        return new MadeUpPredictions(market(), BenchModels.SMALL, SEED);
    }

    private ZipfMarket market() {
        return new ZipfMarket(plan.symbols(), SEED, START_MICROS);
    }
}
