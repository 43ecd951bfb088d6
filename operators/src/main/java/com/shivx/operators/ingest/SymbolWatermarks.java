package com.shivx.operators.ingest;

import com.shivx.features.tick.ConfirmedTime;
import com.shivx.features.tick.QualityRules;
import com.shivx.features.tick.QualityState;
import com.shivx.features.tick.Tick;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * Event time of one partition of ticks: the highest time that a symbol's own ticks confirm, less
 * the allowed disorder. A stray tick in the far future moves it no more than it moves the symbol's
 * features, for the same rules decide.
 *
 * <p>It remembers a few numbers a symbol. They are not in any checkpoint: after a restore a
 * symbol's first tick waits for its second, as at the start.
 */
public final class SymbolWatermarks implements WatermarkGenerator<Tick> {

    private static final long MICROS_PER_MILLI = 1_000;

    private final QualityRules rules;
    private final Map<String, QualityState> symbols = new HashMap<>();
    private long highestMicros = ConfirmedTime.NONE;

    /** A generator for one partition. */
    public SymbolWatermarks(QualityRules rules) {
        this.rules = rules;
    }

    @Override
    public void onEvent(Tick tick, long eventTimestamp, WatermarkOutput output) {
        QualityState state = symbols.computeIfAbsent(tick.symbol(), symbol -> new QualityState());
        highestMicros = Math.max(highestMicros, ConfirmedTime.confirm(tick, state, rules));
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        if (highestMicros != ConfirmedTime.NONE) {
            long completeMicros = highestMicros - rules.allowedDisorderMicros();
            output.emitWatermark(
                    new Watermark(Math.floorDiv(completeMicros, MICROS_PER_MILLI) - 1));
        }
    }
}
