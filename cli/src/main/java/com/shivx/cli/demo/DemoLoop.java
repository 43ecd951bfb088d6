package com.shivx.cli.demo;

import com.shivx.cli.console.StopSignal;
import com.shivx.cli.feed.Clock;
import com.shivx.cli.feed.Feed;
import com.shivx.cli.feed.Feeder;
import com.shivx.cli.feed.Pace;
import com.shivx.cli.flink.JobWatch;
import com.shivx.cli.flink.LocalJob;
import com.shivx.cli.kafka.ScoringLag;
import com.shivx.cli.reconcile.NotReady;
import com.shivx.cli.story.Story;
import com.shivx.jobs.ScoringJob;
import com.shivx.jobs.kafka.KafkaEnds;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.options.KafkaOptions;
import java.net.URI;
import java.time.Duration;
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

    /**
     * How far the feed may be ahead of what is scored: so many rows, or what is scored in so many
     * seconds if that is more. Enough never to keep the job waiting from one commit to the next;
     * whoever ends it waits about as long for the rest to be scored.
     */
    private static final long LEAD_ROWS = 100_000;

    private static final int LEAD_SECONDS = 10;

    /**
     * What Flink says is up to two looks old, so the last number is complete only at the third look
     * after the job has read to the end.
     */
    private static final int LOOKS_UNTIL_COUNTED = 3;

    private final DemoPlan plan;
    private final @Nullable Story story;
    private final @Nullable FirstVersion firstVersion;
    private final Feed feed;
    private final Pace pace;
    private final Feeder feeder;
    private final LocalJob job;
    private final JobWatch watch;
    private final StopSignal stop;
    private final Configuration options;
    private final boolean vectorsAreWritten;
    private final RateWindow tickRate = new RateWindow(RATE_WINDOW);
    private final RateWindow predictionRate = new RateWindow(RATE_WINDOW);
    private final RateWindow scoringRate = new RateWindow(RATE_WINDOW);
    private long start;
    private boolean allFed;
    private long behind;

    /** Rows that the job had read at the last look, by the offsets it has committed. */
    private long readByJob;

    /** By Flink's count, where vectors are not written. */
    private NotReady notReady = new NotReady(0, NotReady.Source.FLINK);

    private int looksAtEnd;
    private long scoredNanos = UNSET;
    private long watchedNanos;
    private long shownNanos;
    private boolean endShown;
    private boolean stopShown;
    private boolean storyIsOver;

    /**
     * Not begun.
     *
     * @param story that is told; null for none
     * @param firstVersion begun once the lead-in is in Kafka; null for none
     */
    DemoLoop(
            DemoPlan plan,
            @Nullable Story story,
            @Nullable FirstVersion firstVersion,
            Feed feed,
            Pace pace,
            Feeder feeder,
            LocalJob job,
            StopSignal stop,
            Configuration options) {
        this.plan = plan;
        this.story = story;
        this.firstVersion = firstVersion;
        this.feed = feed;
        this.pace = pace;
        this.feeder = feeder;
        this.job = job;
        this.watch = job.watch();
        this.stop = stop;
        this.options = options;
        this.vectorsAreWritten = options.get(FeatureOptions.OUTPUT);
    }

    /**
     * Feeds and shows until all is scored, where that is the end, or until the end is asked for and
     * all that was fed is scored. All is scored when a read-committed consumer has found as much as
     * was fed; or when the job has read to the end, which it says up to ten seconds later, and what
     * is still missing then is lost.
     */
    Demo.Scored run(Display display, LiveTopics live, URI webUi) throws Exception {
        String group = new KafkaEnds(options, ScoringJob.GROUP).groupId();
        try (ScoringLag lag = new ScoringLag(options, Topic.TICKS.name(options), group)) {
            start = System.nanoTime();
            feeder.limit(LEAD_ROWS);
            feeder.start();
            while (true) {
                look(live, lag);
                show(display, live, webUi);
                if (scoredNanos != UNSET && (plan.exitWhenDone() || isEnding())) {
                    return new Demo.Scored(feeder.rows(), notReady, (scoredNanos - start) / 1e9);
                }
                pause();
            }
        } finally {
            feeder.stop();
        }
    }

    private void look(LiveTopics live, ScoringLag lag)
            throws ExecutionException, InterruptedException {
        lookAtStory();
        if (isEnding()) {
            feeder.stop();
        }
        allFed = feeder.isDone();
        long accounted = accounted(live);
        long now = System.nanoTime();
        behind = Math.max(0, feeder.acknowledged() - accounted);
        // A deployment for some symbols leaves vectors of which nothing is written.
        long scored = Math.max(accounted, readByJob);
        feeder.limit(limit(scored, scoringRate.perSecond(now, scored)));
        boolean allScored = allFed && behind == 0;
        if (now - watchedNanos > WATCH_INTERVAL.toNanos()) {
            watchedNanos = now;
            long fed = feeder.acknowledged();
            long unread = lag.records();
            readByJob = Math.max(readByJob, fed - unread);
            watch.check(now, Math.max(accounted, readByJob), behind > 0);
            countNotReady();
            looksAtEnd = allFed && unread == 0 ? looksAtEnd + 1 : 0;
            allScored |= looksAtEnd >= (vectorsAreWritten ? 1 : LOOKS_UNTIL_COUNTED);
        }
        if (allScored && scoredNanos == UNSET) {
            scoredNanos = now;
        }
    }

    private void lookAtStory() {
        if (story == null) {
            return;
        }
        story.onFeed(feeder.lastMicros());
        if (pace.phase() == Pace.Phase.HELD
                && feeder.acknowledged() == feeder.rows()
                && firstVersion != null) {
            firstVersion.begin();
        }
        boolean awaited = plan.story() != null && plan.story().until() != null;
        storyIsOver =
                awaited
                        && (story.status().isTold()
                                || System.nanoTime() - start > StoryPlan.PATIENCE.toNanos());
    }

    /** Whether only what is fed is still to be scored. */
    private boolean isEnding() {
        return storyIsOver || stop.isRequested();
    }

    /** Rows of which something is committed; that of a vector that is not written is its count. */
    private long accounted(LiveTopics live) {
        return live.unused()
                + (vectorsAreWritten ? live.vectors() : live.servedVectors() + notReady.vectors());
    }

    /** Without a count that can be believed there is nothing to measure the lead by. */
    private long limit(long accounted, double scoredPerSecond) {
        return notReady.source() == NotReady.Source.NOBODY
                ? Long.MAX_VALUE
                : accounted + Math.max(LEAD_ROWS, (long) (LEAD_SECONDS * scoredPerSecond));
    }

    private void countNotReady() {
        if (!vectorsAreWritten && notReady.source() == NotReady.Source.FLINK) {
            long counted = job.vectors().notReady();
            notReady =
                    job.hasFailed()
                            ? NotReady.UNKNOWN
                            : new NotReady(counted, NotReady.Source.FLINK);
        }
    }

    private void show(Display display, LiveTopics live, URI webUi) {
        long now = System.nanoTime();
        boolean ended = scoredNanos != UNSET;
        boolean news = ended != endShown || isEnding() != stopShown;
        if (news || now - shownNanos >= display.interval().toNanos()) {
            display.show(status(live, webUi, now));
            shownNanos = now;
            endShown = ended;
            stopShown = isEnding();
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
                ModelName.of(live.serving(), options),
                isEnding(),
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
                story == null ? null : story.status(),
                story == null ? "" : StoryPlan.ownTimes(options),
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
            return plan.exitWhenDone() || isEnding() ? "all scored" : "all scored, Ctrl-C ends";
        }
        if (allFed || isEnding()) {
            return "scoring the rest, " + Screen.count(behind) + " ticks behind";
        }
        return switch (pace.phase()) {
            case LEADING_IN -> "writing the past at full speed";
            case HELD -> "held until the first version serves";
            case RUNNING -> "feeding at " + pace.speed();
            case CLOSE_TO_NOW -> "feeding at " + pace.speed() + ", close to now";
        };
    }
}
