package com.shivx.bench.swap;

import com.shivx.bench.rig.Latencies;
import com.shivx.bench.rig.OpenLoop;
import com.shivx.bench.rig.PredictionFields;
import com.shivx.bench.rig.TopicListener;
import java.util.BitSet;

/**
 * A consumer that counts: which ticks have been answered, which of them again, by which generation,
 * how late, and how long nothing came at all.
 */
final class SwapWatch implements TopicListener.Visitor {

    /** In which time something is met. */
    enum Phase {
        /** Not looked at. */
        WARM_UP,
        /** One version serves. */
        NORMAL,
        /** From one deployment to the next. */
        SWAPS
    }

    /** What is met in a phase. */
    static final class Found {
        private final Latencies latencies = new Latencies();
        private final Latencies pauses = new Latencies();

        /** From a tick's due time to its prediction. */
        Latencies latencies() {
            return latencies;
        }

        /** Between two moments at which predictions came. */
        Latencies pauses() {
            return pauses;
        }
    }

    private final OpenLoop feed;
    private final BitSet answered = new BitSet();
    private final BitSet generations = new BitSet();
    private final Found normal = new Found();
    private final Found swaps = new Found();
    private long lastMicros;
    private long repeated;
    private volatile Phase phase = Phase.WARM_UP;
    private volatile long newestGeneration;
    private volatile long sinceNewest;
    private volatile long answers;

    SwapWatch(OpenLoop feed) {
        this.feed = feed;
    }

    /** What comes from now on is met in that phase. */
    void enter(Phase next) {
        phase = next;
    }

    /** Predictions in a row of that generation, up to the last that has come. */
    long inARowOf(long generation) {
        return newestGeneration == generation ? sinceNewest : 0;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread listens, others only read
    public void visit(byte[] value, long micros) {
        long due = PredictionFields.eventTimeMicros(value);
        long index = feed.indexOf(due);
        long generation = PredictionFields.generation(value);
        sinceNewest = generation == newestGeneration ? sinceNewest + 1 : 1;
        newestGeneration = generation;
        Phase now = phase;
        if (index >= 0) {
            count(Math.toIntExact(index), Math.toIntExact(generation));
            answers++;
            if (now != Phase.WARM_UP) {
                Found found = found(now);
                found.latencies.add(micros - due);
                if (micros > lastMicros) {
                    found.pauses.add(micros - lastMicros);
                }
            }
        }
        lastMicros = micros;
    }

    private void count(int index, int generation) {
        if (answered.get(index)) {
            repeated++;
        }
        answered.set(index);
        generations.set(generation);
    }

    private Found found(Phase of) {
        return of == Phase.NORMAL ? normal : swaps;
    }

    /** Predictions that have come, of ticks after the opening. */
    long answers() {
        return answers;
    }

    /** What was met while one version served; to be asked when nobody listens any more. */
    Found normal() {
        return normal;
    }

    /** The same while versions were swapped. */
    Found swaps() {
        return swaps;
    }

    /** Ticks that were answered more than once, each time counted. */
    long repeated() {
        return repeated;
    }

    /** Of the first so many ticks, those that no prediction has come of. */
    long lost(long sent) {
        return sent - answered.get(0, Math.toIntExact(sent)).cardinality();
    }

    /** How many generations have answered. */
    int generations() {
        return generations.cardinality();
    }
}
