package com.shivx.cli.market;

import com.shivx.features.FeatureSet;
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
import com.shivx.features.tick.QualityRules;
import com.shivx.features.tick.Tick;
import com.shivx.models.candidate.TrainingRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The simulated market's vectors with what happened after them, by the same calls as jobs make; in
 * the order of event time.
 */
record MarketRows(List<TrainingRow> rows) {

    static final FeatureSet FEATURES = FeatureSets.byName("market-v1");

    /** What is known of one symbol. */
    private static final class Symbol {
        private final SymbolState features = new SymbolState();
        private final SymbolState market = new SymbolState();
        private final Labeller<FeatureVector> labeller;
        private long rows;

        Symbol(long horizonMicros) {
            labeller = new Labeller<>(LabelRules.DEFAULT, horizonMicros);
        }
    }

    /** Of a market up to an event time. */
    static MarketRows of(MarketConfig config, long untilMicros, long horizonMicros) {
        SimulatedMarket market = new SimulatedMarket(config);
        SymbolFeatures kernel = new SymbolFeatures(FEATURES);
        SymbolMarks marks =
                new SymbolMarks(
                        new SymbolQuality(QualityRules.DEFAULT, SymbolFeatures.DEFAULT_SYMBOL_TTL));
        Map<String, Symbol> symbols = new HashMap<>();
        List<TrainingRow> rows = new ArrayList<>();
        for (Tick tick = market.next();
                tick.eventTimeMicros() < untilMicros;
                tick = market.next()) {
            Symbol symbol =
                    symbols.computeIfAbsent(tick.symbol(), name -> new Symbol(horizonMicros));
            FeatureVector vector = kernel.onTick(tick, symbol.features).vector();
            Mark mark = marks.onTick(tick, symbol.market);
            if (vector == null || mark == null) {
                throw new AssertionError("the market made a bad tick: " + tick);
            }
            symbol.labeller.onMark(mark, (entry, label) -> add(rows, symbol, entry, label));
            if (vector.ready()) {
                symbol.labeller.enter(vector, vector.eventTimeMicros());
            }
        }
        rows.sort(Comparator.comparingLong(TrainingRow::eventTimeMicros));
        return new MarketRows(rows);
    }

    private static void add(
            List<TrainingRow> rows, Symbol symbol, FeatureVector vector, Label label) {
        Direction direction = label.direction();
        if (direction != null) {
            rows.add(
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

    /** Those whose event time lies in a span. */
    MarketRows between(long fromMicros, long untilMicros) {
        return new MarketRows(
                rows.stream()
                        .filter(
                                row ->
                                        row.eventTimeMicros() >= fromMicros
                                                && row.eventTimeMicros() < untilMicros)
                        .toList());
    }
}
