package com.shivx.jobs;

import com.shivx.features.FeatureVector;
import com.shivx.jobs.ingest.IngestedPrediction;
import com.shivx.jobs.ingest.IngestedVector;
import com.shivx.jobs.options.DriftOptions;
import com.shivx.jobs.options.IngestOptions;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.BoundedOutOfOrdernessWatermarks;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.ReadableConfig;

/**
 * How vectors and predictions tell event time: by their values, as their ticks came. Neither runs
 * far ahead of the other; a partition that is silent holds nobody up.
 */
final class DriftEventTime {

    private static final long MICROS_PER_MILLI = 1_000;

    private static final String ALIGNMENT_GROUP = "drift";

    private DriftEventTime() {}

    static WatermarkStrategy<IngestedVector> ofVectors(ReadableConfig options) {
        Duration disorder = TickEventTime.scoredDisorder(options);
        return aligned(
                WatermarkStrategy.<IngestedVector>forGenerator(
                                context ->
                                        new OfVectors(
                                                new BoundedOutOfOrdernessWatermarks<>(disorder)))
                        .withTimestampAssigner(DriftEventTime::millis),
                options);
    }

    static WatermarkStrategy<IngestedPrediction> ofPredictions(ReadableConfig options) {
        return aligned(TickEventTime.ofPredictions(options), options);
    }

    private static <T> WatermarkStrategy<T> aligned(
            WatermarkStrategy<T> strategy, ReadableConfig options) {
        WatermarkStrategy<T> idling = strategy.withIdleness(options.get(DriftOptions.IDLE_AFTER));
        Duration ahead = options.get(DriftOptions.MAX_AHEAD);
        return ahead.isZero()
                ? idling
                : idling.withWatermarkAlignment(
                        ALIGNMENT_GROUP, ahead, options.get(IngestOptions.ALIGNMENT_INTERVAL));
    }

    private static long millis(IngestedVector ingested, long recordTimestamp) {
        FeatureVector vector = ingested.value();
        return vector == null
                ? recordTimestamp
                : Math.floorDiv(vector.eventTimeMicros(), MICROS_PER_MILLI);
    }

    /** Lets vectors through to the generator; a dead letter says nothing of time. */
    private record OfVectors(BoundedOutOfOrdernessWatermarks<IngestedVector> vectors)
            implements WatermarkGenerator<IngestedVector> {

        @Override
        public void onEvent(IngestedVector event, long eventTimestamp, WatermarkOutput output) {
            if (event.value() != null) {
                vectors.onEvent(event, eventTimestamp, output);
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            vectors.onPeriodicEmit(output);
        }
    }
}
