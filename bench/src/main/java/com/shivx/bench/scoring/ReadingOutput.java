package com.shivx.bench.scoring;

import com.shivx.operators.scoring.ScoredPrediction;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/** What stands behind a scoring operator: reads one number of each prediction. */
final class ReadingOutput implements Output<StreamRecord<ScoredPrediction>> {

    private double sum;

    @Override
    public void collect(StreamRecord<ScoredPrediction> record) {
        sum += record.getValue().prediction().confidence();
    }

    /** What all confidences add up to: nobody may leave them out. */
    double sum() {
        return sum;
    }

    @Override
    public <X> void collect(OutputTag<X> tag, StreamRecord<X> record) {
        // Read by nobody.
    }

    @Override
    public void emitWatermark(Watermark mark) {
        // Time does not pass.
    }

    @Override
    public void emitWatermark(WatermarkEvent event) {
        // Time does not pass.
    }

    @Override
    public void emitWatermarkStatus(WatermarkStatus status) {
        // Time does not pass.
    }

    @Override
    public void emitLatencyMarker(LatencyMarker marker) {
        // Nobody asks.
    }

    @Override
    public void emitRecordAttributes(RecordAttributes attributes) {
        // Nobody asks.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
