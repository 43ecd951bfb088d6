package com.shivx.operators.state;

import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** What a {@link WriteBackCache} counts, a subtask each. */
public final class CacheMetrics {

    /** Reads that the cache answered. */
    private static final String HITS = "cacheHits";

    /** Reads that went to the state backend. */
    private static final String MISSES = "cacheMisses";

    /** Values that made room for others. */
    private static final String EVICTIONS = "cacheEvictions";

    /** Values written to the state backend, at snapshots and between them. */
    private static final String WRITE_BACKS = "cacheWriteBacks";

    /** Values now held. */
    private static final String ENTRIES = "cacheEntries";

    /** Bytes now held. */
    private static final String BYTES = "cacheBytes";

    /** Values now held that the state backend does not have yet. */
    private static final String DIRTY_ENTRIES = "cacheDirtyEntries";

    /** Values that the last snapshot had to write. */
    private static final String FLUSHED_ENTRIES = "cacheFlushedEntries";

    /** Time that the last snapshot waited for that, microseconds. */
    private static final String FLUSH_MICROS = "cacheFlushMicros";

    private static final long NANOS_PER_MICRO = 1_000;

    private final Counter hits;
    private final Counter misses;
    private final Counter evictions;
    private final Counter writeBacks;
    private final MetricGroup group;
    private volatile int flushed;
    private volatile long flushMicros;

    /** Registers them in an operator's group. */
    public CacheMetrics(MetricGroup group) {
        this.group = group;
        hits = group.counter(HITS);
        misses = group.counter(MISSES);
        evictions = group.counter(EVICTIONS);
        writeBacks = group.counter(WRITE_BACKS);
        group.gauge(FLUSHED_ENTRIES, (Gauge<Integer>) () -> flushed);
        group.gauge(FLUSH_MICROS, (Gauge<Long>) () -> flushMicros);
    }

    void onHit() {
        hits.inc();
    }

    void onMiss() {
        misses.inc();
    }

    void onEviction() {
        evictions.inc();
    }

    void onWriteBack() {
        writeBacks.inc();
    }

    /** Sizes as a reporter's thread sees them, which may be a moment old: no tick waits for it. */
    void watch(IntSupplier entries, LongSupplier bytes, IntSupplier dirty) {
        group.gauge(ENTRIES, (Gauge<Integer>) entries::getAsInt);
        group.gauge(BYTES, (Gauge<Long>) bytes::getAsLong);
        group.gauge(DIRTY_ENTRIES, (Gauge<Integer>) dirty::getAsInt);
    }

    void onFlush(int written, long nanos) {
        flushed = written;
        flushMicros = nanos / NANOS_PER_MICRO;
    }
}
