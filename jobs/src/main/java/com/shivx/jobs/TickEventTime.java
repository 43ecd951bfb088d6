package com.shivx.jobs;

import com.shivx.features.tick.QualityRules;
import com.shivx.features.tick.Tick;
import com.shivx.jobs.ingest.Ingested;
import com.shivx.jobs.ingest.IngestedPrediction;
import com.shivx.jobs.options.IngestOptions;
import com.shivx.jobs.options.OutcomeOptions;
import com.shivx.jobs.options.QualityOptions;
import com.shivx.models.Prediction;
import com.shivx.operators.ingest.SymbolWatermarks;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.BoundedOutOfOrdernessWatermarks;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.ReadableConfig;

/**
 * How a source of ticks tells event time: disorder, idleness and alignment as the options have it.
 */
final class TickEventTime {

    private static final long MICROS_PER_MILLI = 1_000;

    /** Partitions of one job that are kept together. */
    private static final String ALIGNMENT_GROUP = "ticks";

    private TickEventTime() {}

    /** Of a source whose order is one. */
    static WatermarkStrategy<Ingested> of(ReadableConfig options) {
        QualityRules rules = FeatureStage.qualityRules(options);
        return WatermarkStrategy.<Ingested>forGenerator(
                        context -> new OfTicks(new SymbolWatermarks(rules)))
                .withTimestampAssigner(TickEventTime::millis)
                .withIdleness(options.get(IngestOptions.IDLE_AFTER));
    }

    /** Of a source of several partitions, none of which shall run far ahead of the others. */
    static WatermarkStrategy<Ingested> aligned(ReadableConfig options) {
        return aligned(of(options), options.get(IngestOptions.ALIGNMENT_MAX_DRIFT), options);
    }

    /**
     * Of ticks that are joined with predictions, neither of which shall run far ahead of the other.
     */
    static WatermarkStrategy<Ingested> besidePredictions(ReadableConfig options) {
        return aligned(of(options), options.get(OutcomeOptions.MAX_DRIFT), options);
    }

    /** Of predictions that are joined with ticks. */
    static WatermarkStrategy<IngestedPrediction> besideTicks(ReadableConfig options) {
        return aligned(
                ofPredictions(options).withIdleness(options.get(OutcomeOptions.IDLE_AFTER)),
                options.get(OutcomeOptions.MAX_DRIFT),
                options);
    }

    /** Of predictions; neither idle nor aligned. */
    static WatermarkStrategy<IngestedPrediction> ofPredictions(ReadableConfig options) {
        Duration disorder = scoredDisorder(options);
        return WatermarkStrategy.<IngestedPrediction>forGenerator(
                        context ->
                                new OfPredictions(new BoundedOutOfOrdernessWatermarks<>(disorder)))
                .withTimestampAssigner(TickEventTime::millis);
    }

    /**
     * Of what scoring has written: of a symbol it comes in the order of its ticks, but a partition
     * has symbols of several subtasks, and none of them waits for another.
     */
    static Duration scoredDisorder(ReadableConfig options) {
        return options.get(QualityOptions.ALLOWED_DISORDER)
                .plus(options.get(IngestOptions.PREDICTIONS_DISORDER));
    }

    private static <T> WatermarkStrategy<T> aligned(
            WatermarkStrategy<T> strategy, Duration drift, ReadableConfig options) {
        return drift.isZero()
                ? strategy
                : strategy.withWatermarkAlignment(
                        ALIGNMENT_GROUP, drift, options.get(IngestOptions.ALIGNMENT_INTERVAL));
    }

    private static long millis(IngestedPrediction ingested, long recordTimestamp) {
        Prediction prediction = ingested.value();
        return prediction == null
                ? recordTimestamp
                : Math.floorDiv(prediction.eventTimeMicros(), MICROS_PER_MILLI);
    }

    private static long millis(Ingested ingested, long recordTimestamp) {
        Tick tick = ingested.tick();
        return tick == null
                ? recordTimestamp
                : Math.floorDiv(tick.eventTimeMicros(), MICROS_PER_MILLI);
    }

    /** Lets ticks through to the generator; a dead letter says nothing of time. */
    private record OfTicks(SymbolWatermarks ticks) implements WatermarkGenerator<Ingested> {

        @Override
        public void onEvent(Ingested event, long eventTimestamp, WatermarkOutput output) {
            Tick tick = event.tick();
            if (tick != null) {
                ticks.onEvent(tick, eventTimestamp, output);
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            ticks.onPeriodicEmit(output);
        }
    }

    /** Lets predictions through to the generator; a dead letter says nothing of time. */
    private record OfPredictions(BoundedOutOfOrdernessWatermarks<Prediction> predictions)
            implements WatermarkGenerator<IngestedPrediction> {

        @Override
        public void onEvent(IngestedPrediction event, long eventTimestamp, WatermarkOutput output) {
            Prediction prediction = event.value();
            if (prediction != null) {
                predictions.onEvent(prediction, eventTimestamp, output);
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            predictions.onPeriodicEmit(output);
        }
    }
}
