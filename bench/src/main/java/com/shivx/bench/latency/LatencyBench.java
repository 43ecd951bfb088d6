package com.shivx.bench.latency;

import com.shivx.bench.BenchException;
import com.shivx.bench.BenchReport;
import com.shivx.bench.Progress;
import com.shivx.bench.market.ZipfMarket;
import com.shivx.bench.rig.InputTopic;
import com.shivx.bench.rig.Latencies;
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
import com.shivx.jobs.options.KafkaOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * {@code bench latency}: from the moment at which a tick is due to the moment at which a consumer
 * holds its prediction, of every tick, under a load that does not wait.
 */
public final class LatencyBench {

    private static final long SEED = 3;
    private static final long START_MICROS = 1_700_000_000_000_000L;

    /** Ticks a second that are written beforehand; what is missing is added when it shows. */
    private static final int FIRST_GUESS = 200_000;

    private static final Duration LOOK = Duration.ofMillis(200);

    /** Whoever waits for transactions is a checkpoint behind at any time. */
    private static final long CAUGHT_UP_MICROS = 2_000_000;

    /** A prediction that has not come by then will not come. */
    private static final Duration STRAGGLERS = Duration.ofSeconds(60);

    private static final double MICROS_PER_SECOND = 1e6;

    private final LatencyPlan plan;
    private final Progress progress;
    private final Map<Reader, Latencies> found = new EnumMap<>(Reader.class);

    private LatencyBench(LatencyPlan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** Runs it. */
    public static BenchReport run(LatencyPlan plan, Progress progress) throws Exception {
        LatencyBench bench = new LatencyBench(plan, progress);
        try (ModelFolder model = ModelFolder.smallNetwork(plan.options())) {
            return bench.run(model.options());
        }
    }

    private BenchReport run(Configuration options) throws Exception {
        try (Rig rig = Rig.start(plan.flinkConf(), Map.of(), options, progress)) {
            double most = most(rig);
            double perSecond = plan.load() * most;
            for (Reader reader : Reader.values()) {
                found.put(reader, listen(rig, reader, perSecond));
            }
            return report(most, perSecond);
        }
    }

    /** What the job can do at most, from a topic that is full. */
    private double most(Rig rig) throws Exception {
        ZipfMarket market = new ZipfMarket(plan.symbols(), SEED, START_MICROS);
        InputTopic ticks = InputTopic.ofTicks(rig, "ticks", market);
        ticks.fillTo(plan.symbols() + plan.most().records(FIRST_GUESS), progress);
        double most =
                new Trial(rig, ticks, plan.most(), progress)
                        .run("maximum", ScoringJob::build)
                        .perSecond();
        ticks.delete();
        return most;
    }

    private Latencies listen(Rig rig, Reader reader, double perSecond) throws Exception {
        String input = "ticks-" + reader.key();
        Configuration options = Trial.options(rig, reader.key(), input);
        options.set(KafkaOptions.DELIVERY_GUARANTEE, reader.guarantee());
        List<String> topics = new ArrayList<>(Trial.outputs(options));
        topics.add(input);
        rig.createTopics(topics);
        StreamExecutionEnvironment env = rig.environment(options);
        ScoringJob.build(env, options);
        WallClock clock = new WallClock();
        DueWindow window = new DueWindow();
        ZipfMarket market = new ZipfMarket(plan.symbols(), SEED, START_MICROS);
        try (RunningJob job = rig.start(env, reader.key());
                KafkaProducer<byte[], byte[]> producer = rig.producer(OpenLoop.PRODUCER);
                OpenLoop feed = new OpenLoop(producer, input, market, perSecond, clock);
                TopicListener listener =
                        new TopicListener(
                                rig.bootstrapServers(),
                                Topic.PREDICTIONS.name(options),
                                reader.isolation(),
                                clock,
                                window)) {
            feed.start();
            listen(job, feed, listener, window, clock, reader);
            listener.close();
            Latencies latencies = window.latencies();
            progress.line(line(reader, latencies));
            return latencies;
        } finally {
            rig.deleteTopics(topics);
        }
    }

    private void listen(
            RunningJob job,
            OpenLoop feed,
            TopicListener listener,
            DueWindow window,
            WallClock clock,
            Reader reader)
            throws InterruptedException {
        warmUp(job, feed, listener, window, reader);
        long from = clock.micros();
        long until = from + micros(plan.times().time());
        window.set(from, until);
        while (clock.micros() < until) {
            pause(job, feed, listener);
            progress.now(
                    String.format(
                            Locale.ROOT,
                            "%s: %,d ticks sent, %,d predictions looked at",
                            reader.words(),
                            feed.sent(),
                            window.found()));
        }
        long expected = feed.dueBefore(until) - feed.dueBefore(from);
        long deadline = System.nanoTime() + STRAGGLERS.toNanos();
        while (window.found() < expected) {
            pause(job, feed, listener);
            if (System.nanoTime() > deadline) {
                throw new BenchException(
                        "%s: %,d of %,d predictions have not come within %d s; the load is more"
                                        .formatted(
                                                reader.words(),
                                                expected - window.found(),
                                                expected,
                                                STRAGGLERS.toSeconds())
                                + " than this machine takes");
            }
        }
    }

    /**
     * Until the JIT compiler has little left to do and what had piled up meanwhile is answered, or
     * as long as may be.
     */
    private void warmUp(
            RunningJob job, OpenLoop feed, TopicListener listener, DueWindow window, Reader reader)
            throws InterruptedException {
        Warming warming = new Warming(plan.times());
        boolean isWarm = false;
        while (!isWarm) {
            long look = System.nanoTime() + plan.times().checkpointInterval().toNanos();
            while (System.nanoTime() < look) {
                pause(job, feed, listener);
            }
            isWarm =
                    warming.isOver()
                            && (window.lastMicros() < CAUGHT_UP_MICROS || warming.isTimeUp());
            progress.now(
                    String.format(
                            Locale.ROOT,
                            "%s: %s, %,d ticks sent",
                            reader.words(),
                            warming,
                            feed.sent()));
        }
    }

    private void pause(RunningJob job, OpenLoop feed, TopicListener listener)
            throws InterruptedException {
        progress.pause(LOOK);
        feed.check();
        job.check();
        listener.check();
    }

    private static long micros(Duration duration) {
        return (long) (duration.toNanos() / 1e9 * MICROS_PER_SECOND);
    }

    private static String line(Reader reader, Latencies latencies) {
        return String.format(
                Locale.ROOT,
                "%s: p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, highest %.0f ms of %,d",
                reader.words(),
                latencies.millis(0.5),
                latencies.millis(0.99),
                latencies.millis(0.999),
                latencies.highestMillis(),
                latencies.count());
    }

    private BenchReport report(double most, double perSecond) {
        BenchReport report =
                new BenchReport(
                        "latency", "reader", "p50 ms", "p99 ms", "p99.9 ms", "highest ms", "ticks");
        found.forEach(
                (reader, latencies) -> {
                    report.row(
                            reader.words(),
                            String.format(Locale.ROOT, "%.1f", latencies.millis(0.5)),
                            String.format(Locale.ROOT, "%.1f", latencies.millis(0.99)),
                            String.format(Locale.ROOT, "%.1f", latencies.millis(0.999)),
                            String.format(Locale.ROOT, "%.0f", latencies.highestMillis()),
                            String.format(Locale.ROOT, "%,d", latencies.count()));
                    report.figure(reader.key(), "p50Millis", latencies.millis(0.5));
                    report.figure(reader.key(), "p99Millis", latencies.millis(0.99));
                    report.figure(reader.key(), "p999Millis", latencies.millis(0.999));
                    report.figure(reader.key(), "highestMillis", latencies.highestMillis());
                });
        Latencies uncommitted = found.get(Reader.UNCOMMITTED);
        Latencies committed = found.get(Reader.COMMITTED);
        if (uncommitted != null && committed != null) {
            report.figure("p50Millis", uncommitted.millis(0.5));
            report.figure("p99Millis", uncommitted.millis(0.99));
            report.figure("p999Millis", uncommitted.millis(0.999));
            double added = committed.millis(0.5) - uncommitted.millis(0.5);
            report.figure("transactionsAddP50Millis", added);
            report.note(
                    String.format(Locale.ROOT, "transactions add %.0f ms in the median", added));
        }
        report.figure("maximumPerSecond", most);
        report.figure("loadPerSecond", perSecond);
        report.note(
                String.format(
                        Locale.ROOT,
                        "under %,.0f ticks/s, %.0f %% of the %,.0f/s measured as the maximum",
                        perSecond,
                        100 * plan.load(),
                        most));
        return report;
    }
}
