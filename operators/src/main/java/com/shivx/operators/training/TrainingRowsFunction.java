package com.shivx.operators.training;

import com.shivx.features.FeatureSets;
import com.shivx.features.FeatureVector;
import com.shivx.features.SymbolFeatures;
import com.shivx.features.SymbolQuality;
import com.shivx.features.SymbolState;
import com.shivx.features.label.Direction;
import com.shivx.features.label.Label;
import com.shivx.features.label.LabelRules;
import com.shivx.features.label.Labeller;
import com.shivx.features.label.Mark;
import com.shivx.features.label.SymbolMarks;
import com.shivx.models.candidate.TrainingRow;
import com.shivx.operators.features.FeatureRules;
import com.shivx.operators.features.IngestedTick;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Ticks of a symbol to its ready vectors, each with what happened after it; vectors whose label
 * nobody knows are left out. A feature set that sees the future ends the job.
 *
 * <p>For bounded jobs that start anew when they fail: what is known of a symbol is no state of the
 * engine's, so none of it is serialized.
 */
public final class TrainingRowsFunction
        extends KeyedProcessFunction<String, IngestedTick, TrainingRow> {

    private static final long serialVersionUID = 1;

    private final FeatureRules features;
    private final LabelRules labels;
    private final long horizonMicros;
    private final long fromMicros;
    private final long untilMicros;

    private transient SymbolFeatures kernel;
    private transient SymbolMarks marks;
    private transient Map<String, Symbol> symbols;
    private transient FutureGuard guard;

    /** What is known of one symbol. */
    private static final class Symbol {
        private final SymbolState features = new SymbolState();
        private final SymbolState market = new SymbolState();
        private final Labeller<FeatureVector> labeller;
        private long rows;

        Symbol(LabelRules rules, long horizonMicros) {
            labeller = new Labeller<>(rules, horizonMicros);
        }
    }

    /**
     * Rows of vectors in a span of event time; ticks before it warm them up, ticks after it label
     * them.
     *
     * @param fromMicros first event time of a vector, microseconds since the epoch
     * @param untilMicros first event time that is none any more
     */
    @SuppressWarnings("NullAway.Init") // open() comes before any other call
    public TrainingRowsFunction(
            FeatureRules features,
            LabelRules labels,
            Duration horizon,
            long fromMicros,
            long untilMicros) {
        this.features = features;
        this.labels = labels;
        this.horizonMicros = TimeUnit.MICROSECONDS.convert(horizon);
        this.fromMicros = fromMicros;
        this.untilMicros = untilMicros;
    }

    @Override
    public void open(OpenContext context) {
        kernel =
                new SymbolFeatures(
                        FeatureSets.byName(features.featureSet()),
                        features.quality(),
                        features.symbolTtl());
        marks = new SymbolMarks(new SymbolQuality(features.quality(), features.symbolTtl()));
        symbols = new HashMap<>();
        guard = new FutureGuard(kernel.features());
    }

    @Override
    public void processElement(IngestedTick ingested, Context context, Collector<TrainingRow> out) {
        guard.onTick(ingested.tick());
        Symbol symbol =
                symbols.computeIfAbsent(
                        ingested.tick().symbol(), name -> new Symbol(labels, horizonMicros));
        FeatureVector vector = kernel.onTick(ingested.tick(), symbol.features).vector();
        Mark mark = marks.onTick(ingested.tick(), symbol.market);
        if (mark == null) {
            return;
        }
        symbol.labeller.onMark(mark, (entry, label) -> emit(symbol, entry, label, out));
        if (vector != null
                && vector.ready()
                && vector.eventTimeMicros() >= fromMicros
                && vector.eventTimeMicros() < untilMicros) {
            symbol.labeller.enter(vector, vector.eventTimeMicros());
        }
    }

    private static void emit(
            Symbol symbol, FeatureVector vector, Label label, Collector<TrainingRow> out) {
        Direction direction = label.direction();
        if (direction != null) {
            out.collect(
                    new TrainingRow(
                            vector.symbol(),
                            vector.eventTimeMicros(),
                            symbol.rows++,
                            vector.values(),
                            direction,
                            label.buyBps(),
                            label.sellBps()));
        }
    }
}
