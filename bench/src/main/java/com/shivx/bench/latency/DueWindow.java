package com.shivx.bench.latency;

import com.shivx.bench.rig.Latencies;
import com.shivx.bench.rig.PredictionFields;
import com.shivx.bench.rig.TopicListener;

/**
 * How long after its tick was due each prediction is in a consumer's hands, of the ticks that are
 * due within a span of time.
 */
final class DueWindow implements TopicListener.Visitor {

    private final Latencies latencies = new Latencies();
    private volatile long fromMicros = Long.MAX_VALUE;
    private volatile long untilMicros = Long.MAX_VALUE;
    private volatile long found;
    private volatile long lastMicros = Long.MAX_VALUE;

    /** Looks at ticks due from then on until the other time, that one not included. */
    void set(long from, long until) {
        untilMicros = until;
        fromMicros = from;
    }

    /** Predictions found of ticks that are looked at. */
    long found() {
        return found;
    }

    /** How long after its tick was due the last prediction came, in the window or not. */
    long lastMicros() {
        return lastMicros;
    }

    /** To be asked when nobody listens any more. */
    Latencies latencies() {
        return latencies;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread listens, others only read
    public void visit(byte[] value, long micros) {
        long due = PredictionFields.eventTimeMicros(value);
        lastMicros = micros - due;
        if (due >= fromMicros && due < untilMicros) {
            latencies.add(micros - due);
            found++;
        }
    }
}
