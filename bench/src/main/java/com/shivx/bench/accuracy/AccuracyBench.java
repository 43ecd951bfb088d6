package com.shivx.bench.accuracy;

import com.shivx.bench.BenchReport;
import com.shivx.bench.Progress;
import com.shivx.bench.rig.MadeUpPredictions;
import com.shivx.bench.market.ZipfMarket;
import com.shivx.bench.rig.IdentityJob;
import com.shivx.bench.rig.InputTopic;
import com.shivx.bench.rig.Measurement;
import com.shivx.bench.rig.MarketPlan;
import com.shivx.bench.rig.Rig;
import com.shivx.bench.rig.SideBySide;
import com.shivx.bench.rig.Trial;
import com.shivx.jobs.AccuracyJob;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.OutcomeOptions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/**
 * {@code bench accuracy}: ticks and their predictions to outcomes, beside the same bytes moved
 * untouched. In turn, on one broker and one cluster, from the same two topics, exactly once.
 */
public final class AccuracyBench {

    private static final long SEED = 3;
    private static final long START_MICROS = 1_700_000_000_000_000L;
    private static final String MODEL = "direction";

    /** Ticks and predictions a second that are written beforehand; what is missing is added. */
    private static final int FIRST_GUESS = 600_000;

    /** Short, so that what a prediction is kept for begins and ends while it is measured. */
    private static final Duration HORIZON = Duration.ofSeconds(2);

    /** Live, neither is ahead of the other for long. */
    private static final Duration DRIFT = Duration.ofSeconds(2);

    private final MarketPlan plan;
    private final Progress progress;

    private AccuracyBench(MarketPlan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** Runs it. */
    public static BenchReport run(MarketPlan plan, Progress progress) throws Exception {
        return report(new AccuracyBench(plan, progress).compare());
    }

    private SideBySide compare() throws Exception {
        Configuration options =
                plan.optionsBefore(
                        new Configuration()
                                .set(OutcomeOptions.HORIZONS, List.of(HORIZON))
                                .set(OutcomeOptions.LABEL_DELAY, HORIZON)
                                .set(OutcomeOptions.MAX_DRIFT, DRIFT));
        Map<String, String> settings = plan.times().settings();
        try (Rig rig = Rig.start(plan.flinkConf(), settings, options, progress)) {
            Map<Topic, InputTopic> inputs = inputs(rig);
            return SideBySide.run(
                    new Trial(rig, inputs, Topic.OUTCOMES, plan.times(), progress),
                    plan.repeats(),
                    (env, jobOptions) ->
                            IdentityJob.build(env, jobOptions, inputs.keySet(), Topic.OUTCOMES),
                    AccuracyJob::build);
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
                                new ZipfMarket(plan.symbols(), SEED, START_MICROS), MODEL, SEED));
        long each = plan.times().records(FIRST_GUESS) / 2;
        ticks.fillTo(plan.symbols() + each, progress);
        predictions.fillTo(each, progress);
        return Map.of(Topic.TICKS, ticks, Topic.PREDICTIONS, predictions);
    }

    private static BenchReport report(SideBySide runs) {
        BenchReport report =
                new BenchReport(
                        "accuracy",
                        "job",
                        "events/s",
                        "of identity",
                        "outcomes an event",
                        "state MiB",
                        "runs");
        for (String job : runs.jobs()) {
            report.row(
                    job,
                    String.format(Locale.ROOT, "%,.0f", runs.perSecond(job)),
                    String.format(Locale.ROOT, "%.2f", runs.toIdentity(job)),
                    String.format(Locale.ROOT, "%.2f", runs.median(job, Measurement::writtenShare)),
                    String.format(Locale.ROOT, "%,.0f", runs.stateMib(job)),
                    runs.runs(job).stream()
                            .map(run -> String.format(Locale.ROOT, "%,.0f", run.perSecond()))
                            .toList()
                            .toString());
        }
        runs.addTo(report);
        report.note("an event is a tick or a prediction; every second one is a prediction");
        return report;
    }
}
