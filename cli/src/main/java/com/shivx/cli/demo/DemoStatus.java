package com.shivx.cli.demo;

import com.shivx.cli.story.StoryStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the screen shows, at one moment.
 *
 * @param title what is fed: {@code simulated market, seed 1}
 * @param stage what is going on: {@code feeding at 20×}
 * @param model what scores: {@code baseline-momentum on market-v1}
 * @param stopping whether the end has been asked for
 * @param elapsed since the feed began
 * @param fed ticks Kafka has acknowledged
 * @param ticksPerSecond ticks acknowledged a second, over the last seconds
 * @param feedMicros reception time of the last tick fed, microseconds since the epoch; 0 before the
 *     first
 * @param progress share of the input that is scored and committed, 0 to 1; NaN for an endless one
 * @param predictions predictions committed
 * @param predictionsPerSecond predictions committed a second, over the last seconds
 * @param p50Millis median time from a tick in Kafka to its prediction in Kafka; NaN while there is
 *     none
 * @param p99Millis the time within which 99 of 100 predictions were there
 * @param setAside ticks set aside, by reason
 * @param deadLetters dead letters, by reason
 * @param latest the latest prediction of each symbol, in the symbols' order
 * @param story how far the story is; null where none is told
 * @param ownTimes the times that are the demo's own, in a line; empty where none are
 * @param webUi address of Flink's Web UI
 * @param kafka address of Kafka
 */
public record DemoStatus(
        String title,
        String stage,
        String model,
        boolean stopping,
        Duration elapsed,
        long fed,
        double ticksPerSecond,
        long feedMicros,
        double progress,
        long predictions,
        double predictionsPerSecond,
        double p50Millis,
        double p99Millis,
        Map<String, Long> setAside,
        Map<String, Long> deadLetters,
        List<LatestPrediction> latest,
        @Nullable StoryStatus story,
        String ownTimes,
        String webUi,
        String kafka) {}
