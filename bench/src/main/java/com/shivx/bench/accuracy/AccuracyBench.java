package com.shivx.bench.accuracy;

import com.shivx.bench.BenchReport;
import com.shivx.bench.Median;
import com.shivx.bench.Progress;
import com.shivx.bench.market.ZipfMarket;
import com.shivx.bench.rig.IdentityJob;
import com.shivx.bench.rig.InputTopic;
import com.shivx.bench.rig.Measurement;
import com.shivx.bench.rig.Rig;
import com.shivx.bench.rig.Trial;
import com.shivx.jobs.AccuracyJob;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.OutcomeOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * {@code bench accuracy}: ticks and their predictions to outcomes, beside the same bytes moved
 * untouched. In turn, on one broker and one cluster, from the same two topics, exactly once.
 */
public final class AccuracyBench {

    private static final long SEED = 3;
    private static final long START_MICROS = 1_700_000_000_000_000L;
    private static final String IDENTITY = "identity";
    private static final String OURS = "ours";

    /** Ticks and predictions a second that are written beforehand; what is missing is added. */
    private static final int FIRST_GUESS = 600_000;

    /** Short, so that what a prediction is kept for begins and ends while it is measured. */
    private static final Duration HORIZON = Duration.ofSeconds(2);

    /** Live, neither is ahead of the other for long. */
    private static final Duration DRIFT = Duration.ofSeconds(2);

    private final AccuracyPlan plan;
    private final Progress progress;
    private final Map<String, List<Measurement>> runs = new LinkedHashMap<>();

    private AccuracyBench(AccuracyPlan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** Runs it. */
    public static BenchReport run(AccuracyPlan plan, Progress progress) throws Exception {
        AccuracyBench bench = new AccuracyBench(plan, progress);
        bench.runAll();
        return bench.report();
    }

    private void runAll() throws Exception {
        Configuration options = new Configuration(plan.options());
        setUnlessGiven(options, OutcomeOptions.HORIZONS, List.of(HORIZON));
        setUnlessGiven(options, OutcomeOptions.LABEL_DELAY, HORIZON);
        setUnlessGiven(options, OutcomeOptions.MAX_DRIFT, DRIFT);
        Map<String, String> settings = plan.times().settings();
        try (Rig rig = Rig.start(plan.flinkConf(), settings, options, progress)) {
            Map<Topic, InputTopic> inputs = inputs(rig);
            Trial trial = new Trial(rig, inputs, Topic.OUTCOMES, plan.times(), progress);
            for (int repeat = 1; repeat <= plan.repeats(); repeat++) {
                Measurement identity =
                        trial.run(
                                IDENTITY + "-" + repeat,
                                (env, jobOptions) ->
                                        IdentityJob.build(
                                                env, jobOptions, inputs.keySet(), Topic.OUTCOMES));
                Measurement ours = trial.run(OURS + "-" + repeat, AccuracyJob::build);
                runs.computeIfAbsent(IDENTITY, key -> new ArrayList<>()).add(identity);
                runs.computeIfAbsent(OURS, key -> new ArrayList<>()).add(ours);
            }
        }
    }

    private static <T> void setUnlessGiven(Configuration options, ConfigOption<T> key, T value) {
        if (!options.contains(key)) {
            options.set(key, value);
        }
    }

    /** A tick, and beside it its prediction. */
    private Map<Topic, InputTopic> inputs(Rig rig) throws InterruptedException {
        InputTopic ticks =
                InputTopic.ofTicks(
                        rig, "ticks", new ZipfMarket(plan.symbols(), SEED, START_MICROS));
        InputTopic predictions =
                new InputTopic(
                        rig,
                        "predictions",
                        "predictions of them",
                        0,
                        new MadeUpPredictions(
                                new ZipfMarket(plan.symbols(), SEED, START_MICROS), SEED));
        long each = plan.times().records(FIRST_GUESS) / 2;
        ticks.fillTo(plan.symbols() + each, progress);
        predictions.fillTo(each, progress);
        return Map.of(Topic.TICKS, ticks, Topic.PREDICTIONS, predictions);
    }

    private BenchReport report() {
        BenchReport report =
                new BenchReport(
                        "accuracy",
                        "job",
                        "events/s",
                        "of identity",
                        "outcomes an event",
                        "state MiB",
                        "runs");
        double identity = median(IDENTITY, Measurement::perSecond);
        runs.forEach((job, measured) -> report(report, job, measured, identity));
        report.ratio("oursToIdentity", median(OURS, Measurement::perSecond) / identity);
        report.note("an event is a tick or a prediction; every second one is a prediction");
        return report;
    }

    private void report(
            BenchReport report, String job, List<Measurement> measured, double identity) {
        double perSecond = median(job, Measurement::perSecond);
        double stateMib = median(job, run -> run.last().stateBytes() / (double) (1 << 20));
        report.row(
                job,
                String.format(Locale.ROOT, "%,.0f", perSecond),
                String.format(Locale.ROOT, "%.2f", perSecond / identity),
                String.format(Locale.ROOT, "%.2f", median(job, Measurement::writtenShare)),
                String.format(Locale.ROOT, "%,.0f", stateMib),
                measured.stream()
                        .map(run -> String.format(Locale.ROOT, "%,.0f", run.perSecond()))
                        .toList()
                        .toString());
        report.median(job, perSecond);
        report.figure("stateMib", job, stateMib);
        measured.forEach(run -> report.run(job, run.figures()));
    }

    private double median(String job, ToDoubleFunction<Measurement> figure) {
        return Median.of(
                runs.getOrDefault(job, List.of()).stream().mapToDouble(figure).boxed().toList());
    }
}
