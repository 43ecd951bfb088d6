package com.shivx.bench.micro;

import com.shivx.bench.market.ZipfMarket;
import com.shivx.bench.model.SampleVectors;
import com.shivx.features.FeatureSets;
import com.shivx.features.FeatureVector;
import com.shivx.features.tick.Tick;
import java.util.List;

/** Ticks and vectors that the single steps are measured with; always the same. */
final class Tape {

    static final String FEATURE_SET = "market-v1";
    static final int SYMBOLS = 500;

    /** A power of two, so that a step to the next one costs next to nothing. */
    static final int TICKS = 1 << 16;

    private static final long SEED = 7;
    private static final long START_MICROS = 1_700_000_000_000_000L;
    private static final int VECTORS = 1 << 10;

    private Tape() {}

    /** A market that goes on for ever. */
    static ZipfMarket market() {
        return new ZipfMarket(SYMBOLS, SEED, START_MICROS);
    }

    /** {@link #TICKS} ticks from after the opening. */
    static Tick[] ticks() {
        ZipfMarket market = market();
        for (int i = 0; i < SYMBOLS; i++) {
            market.next();
        }
        Tick[] ticks = new Tick[TICKS];
        for (int i = 0; i < TICKS; i++) {
            ticks[i] = market.next();
        }
        return ticks;
    }

    /** A power of two of ready vectors. */
    static List<FeatureVector> vectors() {
        return new SampleVectors(FeatureSets.byName(FEATURE_SET), VECTORS).vectors();
    }
}
