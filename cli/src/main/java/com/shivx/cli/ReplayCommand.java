package com.shivx.cli;

import com.shivx.cli.console.Steps;
import com.shivx.cli.console.StopSignal;
import com.shivx.cli.feed.Clock;
import com.shivx.cli.feed.Feed;
import com.shivx.cli.feed.Feeder;
import com.shivx.cli.feed.Pace;
import com.shivx.cli.kafka.KafkaAccess;
import com.shivx.cli.kafka.KafkaAdmin;
import com.shivx.jobs.kafka.Topic;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code shivx replay}: ticks from files or the simulated market into any Kafka. */
@Command(
        name = "replay",
        sortOptions = false,
        description = {
            "Feed ticks from files, or the simulated market, to a Kafka of yours.",
            "Rows no tick can be made of go to dead-letters. Ctrl-C ends it after the row at hand."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx replay --ticks folder --bootstrap-server broker:9092",
            "  shivx replay --ticks ticks.jsonl --speed 10 --command-config client.properties"
        })
final class ReplayCommand implements Callable<Integer> {

    private static final Duration REPORT_EVERY = Duration.ofSeconds(5);
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(100);

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Mixin private final TickInputs ticks = new TickInputs();
    @Mixin private final Settings.Broker broker = new Settings.Broker();
    @Mixin private final Settings settings = new Settings();

    private long reportedNanos;

    @Override
    public Integer call() throws Exception {
        Configuration options = settings.configuration(broker.values());
        PrintWriter out = Shivx.out(spec);
        TickInputs.Found found = ticks.find(ticks.market(), out);
        new Steps(out)
                .step(
                        "Kafka",
                        () -> KafkaAdmin.requireTopics(options, Topic.TICKS, Topic.DEAD_LETTERS),
                        brokers -> brokers);
        try (Feed feed = found.open();
                StopSignal stop = StopSignal.ofProcess(() -> {});
                Feeder feeder =
                        new Feeder(
                                feed,
                                new Pace(ticks.speed(), Clock.SYSTEM),
                                Clock.SYSTEM,
                                KafkaAccess.clientProperties(options),
                                options)) {
            replay(feed, feeder, stop, out);
        }
        return 0;
    }

    private void replay(Feed feed, Feeder feeder, StopSignal stop, PrintWriter out)
            throws Exception {
        long start = System.nanoTime();
        reportedNanos = start;
        feeder.start();
        while (!feeder.isDone()) {
            if (stop.isRequested()) {
                feeder.stop();
                Clock.SYSTEM.sleep(LOOK_INTERVAL.toNanos());
            } else {
                stop.await(LOOK_INTERVAL);
            }
            report(out, feed, feeder, start, false);
        }
        report(out, feed, feeder, start, true);
    }

    private void report(PrintWriter out, Feed feed, Feeder feeder, long start, boolean last) {
        long now = System.nanoTime();
        if (!last && now - reportedNanos < REPORT_EVERY.toNanos()) {
            return;
        }
        reportedNanos = now;
        double seconds = (now - start) / 1e9;
        String share =
                feed.rows() == Feed.ENDLESS
                        ? ""
                        : String.format(Locale.ROOT, "  %d %%", 100 * feeder.rows() / feed.rows());
        out.printf(
                Locale.ROOT,
                "%s%,d rows fed, %,d of them ticks  %.1f s  %,.0f rows/s%s%n",
                last ? "done: " : "",
                feeder.acknowledged(),
                feeder.ticks(),
                seconds,
                feeder.acknowledged() / seconds,
                share);
        out.flush();
    }
}
