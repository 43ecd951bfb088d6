package com.shivx.bench.model;

import com.shivx.bench.market.ZipfMarket;
import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureVector;
import com.shivx.features.SymbolFeatures;
import com.shivx.features.SymbolState;
import com.shivx.features.tick.Tick;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Ready vectors of a made-up market, for models that shall find ordinary numbers in theirs. */
public final class SampleVectors {

    private static final int SYMBOLS = 200;
    private static final long SEED = 11;
    private static final long START_MICROS = 1_700_000_000_000_000L;

    private final FeatureSet set;
    private final List<FeatureVector> vectors = new ArrayList<>();

    /** So many vectors of the set; always the same. */
    public SampleVectors(FeatureSet set, int count) {
        this.set = set;
        ZipfMarket market = new ZipfMarket(SYMBOLS, SEED, START_MICROS);
        SymbolFeatures features = new SymbolFeatures(set);
        Map<String, SymbolState> states = new HashMap<>();
        while (vectors.size() < count) {
            Tick tick = market.next();
            SymbolState state = states.computeIfAbsent(tick.symbol(), symbol -> set.newState());
            FeatureVector vector = features.onTick(tick, state).vector();
            if (vector != null && vector.ready()) {
                vectors.add(vector);
            }
        }
    }

    /** The set they are of. */
    public FeatureSet set() {
        return set;
    }

    /** All of them, in the order of their ticks. */
    public List<FeatureVector> vectors() {
        return List.copyOf(vectors);
    }

    /** The finite values of one feature, rising; zero where there is none. */
    float[] sorted(int feature) {
        float[] values = new float[vectors.size()];
        int count = 0;
        for (FeatureVector vector : vectors) {
            float value = vector.values()[feature];
            if (Float.isFinite(value)) {
                values[count++] = value;
            }
        }
        float[] sorted = count == 0 ? new float[1] : Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted;
    }
}
