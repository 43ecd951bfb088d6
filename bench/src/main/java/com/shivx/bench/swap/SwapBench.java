package com.shivx.bench.swap;

import com.shivx.bench.BenchException;
import com.shivx.bench.BenchReport;
import com.shivx.bench.Progress;
import com.shivx.bench.market.ZipfMarket;
import com.shivx.bench.model.BenchModels;
import com.shivx.bench.rig.ModelFolder;
import com.shivx.bench.rig.OpenLoop;
import com.shivx.bench.rig.Rig;
import com.shivx.bench.rig.RunningJob;
import com.shivx.bench.rig.TopicListener;
import com.shivx.bench.rig.Trial;
import com.shivx.bench.rig.WallClock;
import com.shivx.bench.rig.Warming;
import com.shivx.jobs.ScoringJob;
import com.shivx.jobs.kafka.Topic;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.deployment.RoutingUnit;
import com.shivx.models.wire.DeploymentJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * {@code bench swap}: a new version takes over again and again under a load that does not wait. How
 * long did nobody get a prediction, and has every tick been answered, once?
 */
public final class SwapBench {

    private static final long SEED = 7;
    private static final long START_MICROS = 1_700_000_000_000_000L;
    private static final List<String> VERSIONS = List.of("1.0.0", "2.0.0");
    private static final String JOB = "swap";
    private static final String INPUT = "ticks-swap";

    private static final Duration LOOK_AT_JIT = Duration.ofSeconds(3);

    private static final Duration LOOK = Duration.ofMillis(20);

    /** A version that has not taken over by then, or a prediction that has not come, never will. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SwapPlan plan;
    private final Progress progress;
    private final WallClock clock = new WallClock();

    private SwapBench(SwapPlan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** Runs it. */
    public static BenchReport run(SwapPlan plan, Progress progress) throws Exception {
        SwapBench bench = new SwapBench(plan, progress);
        try (ModelFolder models = ModelFolder.smallNetworks(plan.options(), VERSIONS);
                Rig rig = Rig.start(plan.flinkConf(), Map.of(), models.options(), progress)) {
            return bench.run(rig, models.versions());
        }
    }

    private BenchReport run(Rig rig, List<ModelRef> versions) throws Exception {
        Configuration options = Trial.options(rig, JOB, INPUT);
        List<String> topics = new ArrayList<>(Trial.outputs(options));
        topics.add(INPUT);
        rig.createTopics(topics);
        StreamExecutionEnvironment env = rig.environment(options);
        ScoringJob.build(env, options);
        ZipfMarket market = new ZipfMarket(plan.symbols(), SEED, START_MICROS);
        try (RunningJob job = rig.start(env, JOB);
                KafkaProducer<byte[], byte[]> producer = rig.producer(OpenLoop.PRODUCER);
                OpenLoop feed = new OpenLoop(producer, INPUT, market, plan.perSecond(), clock)) {
            SwapWatch watch = new SwapWatch(feed);
            try (TopicListener listener =
                    new TopicListener(
                            rig.bootstrapServers(),
                            Topic.PREDICTIONS.name(options),
                            "read_uncommitted",
                            clock,
                            watch)) {
                Run run = new Run(job, feed, listener, watch);
                feed.start();
                run.awaitFirst();
                run.warmUp();
                watch.enter(SwapWatch.Phase.NORMAL);
                run.pause("one version serves", plan.times().time());
                watch.enter(SwapWatch.Phase.SWAPS);
                for (int swap = 1; swap <= plan.swaps(); swap++) {
                    ModelRef next = versions.get(swap % versions.size());
                    deploy(producer, Topic.DEPLOYMENTS.name(options), next, swap);
                    run.awaitGeneration(swap);
                }
                feed.close();
                run.awaitAnswers();
                listener.close();
                return report(watch, feed.sent());
            }
        }
    }

    /** As the job of deployments publishes it, whose checks this one would pass. */
    private static void deploy(
            KafkaProducer<byte[], byte[]> producer, String topic, ModelRef version, long generation)
            throws Exception {
        Deployment deployment =
                new Deployment(
                        BenchModels.SMALL,
                        generation,
                        DeploymentMode.NOW,
                        version,
                        null,
                        0,
                        List.of(),
                        Deployment.ALL_SYMBOLS,
                        RoutingUnit.SYMBOL_SLICE,
                        Deployment.DEFAULT_SLICE_MICROS,
                        "",
                        "swap-" + generation);
        DeploymentJson json = new DeploymentJson();
        producer.send(new ProducerRecord<>(topic, json.key(deployment), json.write(deployment)))
                .get();
    }

    /** What has to go on while something is waited for. */
    private final class Run {
        private final RunningJob job;
        private final OpenLoop feed;
        private final TopicListener listener;
        private final SwapWatch watch;

        Run(RunningJob job, OpenLoop feed, TopicListener listener, SwapWatch watch) {
            this.job = job;
            this.feed = feed;
            this.listener = listener;
            this.watch = watch;
        }

        /** Until the job answers. */
        void awaitFirst() throws InterruptedException {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (watch.answers() == 0) {
                look("starting");
                if (System.nanoTime() > end) {
                    throw new BenchException(
                            "no prediction has come for %d s; see the log"
                                    .formatted(PATIENCE.toSeconds()));
                }
            }
        }

        /** Until the JIT compiler has little left to do, or as long as may be. */
        void warmUp() throws InterruptedException {
            Warming warming = new Warming(plan.times());
            do {
                pause(warming.toString(), LOOK_AT_JIT);
            } while (!warming.isOver());
        }

        void pause(String what, Duration time) throws InterruptedException {
            long end = System.nanoTime() + time.toNanos();
            while (System.nanoTime() < end) {
                look(what);
            }
        }

        /** Until for a second nobody but that generation has answered. */
        void awaitGeneration(int generation) throws InterruptedException {
            String what = "swap %d of %d".formatted(generation, plan.swaps());
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (watch.inARowOf(generation) < plan.perSecond()) {
                look(what);
                if (System.nanoTime() > end) {
                    throw new BenchException(
                            "%s does not serve after %d s; see the log"
                                    .formatted(what, PATIENCE.toSeconds()));
                }
            }
        }

        /** Until every tick has been answered, or long enough. */
        void awaitAnswers() throws InterruptedException {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (watch.answers() < feed.sent() && System.nanoTime() < end) {
                look("the last predictions");
            }
        }

        private void look(String what) throws InterruptedException {
            progress.pause(LOOK);
            progress.now(String.format(Locale.ROOT, "%s: %,d ticks sent", what, feed.sent()));
            feed.check();
            job.check();
            listener.check();
        }
    }

    private BenchReport report(SwapWatch watch, long sent) {
        BenchReport report =
                new BenchReport(
                        "swap",
                        "while",
                        "longest pause ms",
                        "p99 pause ms",
                        "p50 latency ms",
                        "p99 latency ms",
                        "highest latency ms",
                        "predictions");
        row(report, "one version serves", "normal", watch.normal());
        row(report, plan.swaps() + " swaps", "swapping", watch.swaps());
        double normal = watch.normal().latencies().millis(0.99);
        double beyond = watch.swaps().latencies().highestMillis() - normal;
        report.figure("longestPauseMillis", watch.swaps().pauses().highestMillis());
        report.figure("normalP99Millis", normal);
        report.figure("beyondNormalP99Millis", beyond);
        report.figure("lost", watch.lost(sent));
        report.figure("repeated", watch.repeated());
        report.figure("swaps", plan.swaps());
        report.figure("generations", watch.generations());
        report.note(
                String.format(
                        Locale.ROOT,
                        "%,d ticks at %,d/s: %,d lost, %,d answered again, %d generations have answered",
                        sent,
                        plan.perSecond(),
                        watch.lost(sent),
                        watch.repeated(),
                        watch.generations()));
        report.note(
                String.format(
                        Locale.ROOT,
                        "the latest prediction while versions were swapped: %.0f ms beyond the normal p99",
                        beyond));
        return report;
    }

    private static void row(BenchReport report, String name, String key, SwapWatch.Found found) {
        report.row(
                name,
                millis(found.pauses().highestMillis()),
                millis(found.pauses().millis(0.99)),
                millis(found.latencies().millis(0.5)),
                millis(found.latencies().millis(0.99)),
                millis(found.latencies().highestMillis()),
                String.format(Locale.ROOT, "%,d", found.latencies().count()));
        report.figure(key, "longestPauseMillis", found.pauses().highestMillis());
        report.figure(key, "p50Millis", found.latencies().millis(0.5));
        report.figure(key, "p99Millis", found.latencies().millis(0.99));
        report.figure(key, "highestMillis", found.latencies().highestMillis());
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
