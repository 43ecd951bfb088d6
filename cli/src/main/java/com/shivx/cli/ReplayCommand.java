package com.shivx.cli;

import com.shivx.cli.console.StopSignal;
import com.shivx.cli.feed.Clock;
import com.shivx.cli.feed.Feed;
import com.shivx.cli.feed.Feeder;
import com.shivx.cli.feed.Pace;
import com.shivx.cli.kafka.KafkaAccess;
import com.shivx.jobs.kafka.Topic;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
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

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Mixin private final TickInputs ticks = new TickInputs();
    @Mixin private final Settings.Broker broker = new Settings.Broker();
    @Mixin private final Settings settings = new Settings();

    @Override
    public Integer call() throws Exception {
        Configuration options = settings.configuration(broker.values());
        PrintWriter out = Shivx.out(spec);
        StopSignal stop = StopSignal.ofProcess(() -> {});
        try (Feed feed = ticks.open(out)) {
            KafkaAccess.requireTopics(options, Topic.TICKS, Topic.DEAD_LETTERS);
            Pace pace = new Pace(ticks.speed(), Clock.SYSTEM);
            try (Feeder feeder =
                    new Feeder(feed, pace, KafkaAccess.clientProperties(options), options)) {
                long start = System.nanoTime();
                CompletableFuture<@Nullable Void> fed = new CompletableFuture<>();
                Thread thread = new Thread(() -> run(feeder, fed), "feed");
                thread.setDaemon(true);
                thread.start();
                while (!fed.isDone() && !stop.await(Duration.ofMillis(100))) {
                    report(out, feed, feeder, start, false);
                }
                feeder.stop();
                fed.get();
                report(out, feed, feeder, start, true);
            }
        }
        return 0;
    }

    private long reportedNanos = System.nanoTime();

    private static void run(Feeder feeder, CompletableFuture<@Nullable Void> fed) {
        try {
            feeder.run();
            fed.complete(null);
        } catch (Throwable e) {
            fed.completeExceptionally(e);
        }
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
