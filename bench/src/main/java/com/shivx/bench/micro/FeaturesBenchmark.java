package com.shivx.bench.micro;

import com.shivx.bench.market.ZipfMarket;
import com.shivx.features.FeatureSets;
import com.shivx.features.SymbolFeatures;
import com.shivx.features.SymbolState;
import com.shivx.features.TickResult;
import com.shivx.features.tick.Tick;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A tick through quality and all features of {@code market-v1}. The tape goes on where it ended:
 * played again it would be out of order, and cost nothing.
 */
@State(Scope.Thread)
public class FeaturesBenchmark {

    private static final int CHUNK = 4096;

    private final SymbolFeatures features =
            new SymbolFeatures(FeatureSets.byName(Tape.FEATURE_SET));
    private final Map<String, SymbolState> states = new HashMap<>();
    private final ZipfMarket market = Tape.market();
    private final Tick[] ticks = new Tick[CHUNK];
    private final SymbolState[] of = new SymbolState[CHUNK];

    /** Warms every symbol up. */
    @Setup(Level.Trial)
    public void warmUp() {
        for (int i = 0; i < 50 * Tape.SYMBOLS; i++) {
            Tick tick = market.next();
            features.onTick(tick, stateOf(tick));
        }
    }

    /** Draws the next ticks and finds their states. */
    @Setup(Level.Invocation)
    public void draw() {
        for (int i = 0; i < CHUNK; i++) {
            ticks[i] = market.next();
            of[i] = stateOf(ticks[i]);
        }
    }

    private SymbolState stateOf(Tick tick) {
        return states.computeIfAbsent(tick.symbol(), symbol -> features.features().newState());
    }

    /** One operation is one tick. */
    @Benchmark
    @OperationsPerInvocation(CHUNK)
    public TickResult update() {
        TickResult last = features.onTick(ticks[0], of[0]);
        for (int i = 1; i < CHUNK; i++) {
            last = features.onTick(ticks[i], of[i]);
        }
        return last;
    }
}
