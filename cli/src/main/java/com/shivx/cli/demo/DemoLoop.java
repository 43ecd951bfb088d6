package com.shivx.cli.demo;

import com.shivx.cli.console.StopSignal;
import com.shivx.cli.feed.Clock;
import com.shivx.cli.feed.Feed;
import com.shivx.cli.feed.Feeder;
import com.shivx.cli.feed.Pace;
import com.shivx.cli.flink.JobWatch;
import com.shivx.cli.flink.LocalJob;
import com.shivx.cli.kafka.ScoringLag;
import com.shivx.jobs.ScoringJob;
import com.shivx.jobs.kafka.KafkaEnds;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.KafkaOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * From the first tick to the last prediction: the feed runs in a thread of its own, while this one
 * looks after the job and shows how it goes. A failure of either ends it.
 */
final class DemoLoop {

    private static final Duration RATE_WINDOW = Duration.ofSeconds(10);
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(150);
    private static final Duration WATCH_INTERVAL = Duration.ofSeconds(2);
    private static final long UNSET = Long.MIN_VALUE;

    private final DemoPlan plan;
    private final Feed feed;
    private final Pace pace;
    private final Feeder feeder;
    private final JobWatch watch;
    private final StopSignal stop;
    private final Configuration options;
    private final RateWindow tickRate = new RateWindow(RATE_WINDOW);
    private final RateWindow predictionRate = new RateWindow(RATE_WINDOW);
    private final CompletableFuture<@Nullable Void> fed = new CompletableFuture<>();
    private long start;
    private long behind;
    private long scoredNanos = UNSET;
    private long watchedNanos;
    private long shownNanos;
    private boolean endShown;

    DemoLoop(
            DemoPlan plan,
            Feed feed,
            Pace pace,
            Feeder feeder,
            LocalJob job,
            StopSignal stop,
            Configuration options) {
        this.plan = plan;
        this.feed = feed;
        this.pace = pace;
        this.feeder = feeder;
        this.watch = job.watch();
        this.stop = stop;
        this.options = options;
    }

    /**
     * Feeds and shows until all is scored, where that is the end, or until the end is asked for and
     * all that was fed is scored. All is scored when a read-committed consumer has found as much as
     * was fed; or when the job has read to the end, which it says up to ten seconds later, and what
     * is still missing then is lost.
     */
    Demo.Scored run(Display display, LiveTopics live, URI webUi) throws Exception {
        Thread thread = new Thread(this::feed, "feed");
        thread.setDaemon(true);
        start = System.nanoTime();
        thread.start();
        String group = new KafkaEnds(options, ScoringJob.GROUP).groupId();
        try (ScoringLag lag = new ScoringLag(options, Topic.TICKS.name(options), group)) {
            while (true) {
                look(live, lag);
                show(display, live, webUi);
                if (scoredNanos != UNSET && (plan.exitWhenDone() || stop.isRequested())) {
                    return new Demo.Scored(feeder.rows(), (scoredNanos - start) / 1e9);
                }
                pause();
            }
        } finally {
            feeder.stop();
        }
    }

    private void feed() {
        try {
            feeder.run();
            fed.complete(null);
        } catch (Throwable e) {
            fed.completeExceptionally(e);
        }
    }

    private void look(LiveTopics live, ScoringLag lag)
            throws ExecutionException, InterruptedException {
        if (fed.isCompletedExceptionally()) {
            fed.get();
        }
        if (stop.isRequested()) {
            feeder.stop();
        }
        boolean allFed = fed.isDone();
        long accounted = live.accounted();
        behind = Math.max(0, feeder.acknowledged() - accounted);
        boolean allScored = allFed && behind == 0;
        long now = System.nanoTime();
        if (now - watchedNanos > WATCH_INTERVAL.toNanos()) {
            watchedNanos = now;
            watch.check(now, accounted, behind > 0);
            allScored |= allFed && lag.records() == 0;
        }
        if (allScored && scoredNanos == UNSET) {
            scoredNanos = now;
        }
    }

    private void show(Display display, LiveTopics live, URI webUi) {
        long now = System.nanoTime();
        boolean ended = scoredNanos != UNSET;
        if (now - shownNanos >= display.interval().toNanos() || (ended && !endShown)) {
            display.show(status(live, webUi, now));
            shownNanos = now;
            endShown = ended;
        }
    }

    private void pause() throws InterruptedException {
        if (stop.isRequested()) {
            Clock.SYSTEM.sleep(LOOK_INTERVAL.toNanos());
        } else {
            stop.await(LOOK_INTERVAL);
        }
    }

    private DemoStatus status(LiveTopics live, URI webUi, long now) {
        long end = scoredNanos == UNSET ? now : scoredNanos;
        long ticks = feeder.acknowledged();
        long predictions = live.predictions();
        return new DemoStatus(
                feed.title(),
                stage(),
                ModelName.of(options),
                Duration.ofNanos(end - start),
                ticks,
                tickRate.perSecond(now, ticks),
                feeder.lastMicros(),
                progress(),
                predictions,
                predictionRate.perSecond(now, predictions),
                live.latencyMillis(0.5),
                live.latencyMillis(0.99),
                live.setAside(),
                live.deadLetters(),
                live.latest(),
                webUi.toString(),
                options.get(KafkaOptions.BOOTSTRAP_SERVERS));
    }

    /** By what is committed: a feed at full speed is far ahead of it. */
    private double progress() {
        return feed.rows() == Feed.ENDLESS
                ? Double.NaN
                : (double) (feeder.acknowledged() - behind) / feed.rows();
    }

    private String stage() {
        if (scoredNanos != UNSET) {
            return "all scored";
        }
        if (fed.isDone() || stop.isRequested()) {
            return "scoring the rest, " + Screen.count(behind) + " ticks behind";
        }
        return pace.speed().equals(plan.speed())
                ? "feeding at " + pace.speed()
                : "feeding at " + pace.speed() + ", close to now";
    }
}
