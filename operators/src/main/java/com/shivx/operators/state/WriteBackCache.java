package com.shivx.operators.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The values in use as live objects, in front of those in the state backend: speed is the heap's,
 * size the backend's.
 *
 * <p>A value that is put is dirty until it is written to the backend. It is written when more than
 * {@link CacheLimits#maxDirty} are dirty (the one that was put longest ago, so that busy keys are
 * not written again and again), when it has to make room, and in {@link #flush}, which comes before
 * every snapshot. So a snapshot holds every value under its own key, and neither restore nor
 * rescaling knows of the cache.
 *
 * <p>Invariants: the backend's value of a key that is absent here or clean is the key's value. In
 * the order of use the entries are a run of clean ones, then a run of dirty ones:
 *
 * <pre>
 * oldest → c → c → c → D → D → D ← newest
 *                      └ firstDirty
 * </pre>
 *
 * <p>A put moves its entry to the newest end; a get without a put moves a clean entry to the end of
 * the clean run. Clean entries are evicted from the oldest end; writing {@code firstDirty} makes it
 * the last of the clean run, where it already stands.
 *
 * @param <K> the key
 * @param <V> the value
 */
public final class WriteBackCache<K, V> implements KeyedValues<K, V> {

    private final StoredValues<K, V> stored;
    private final CacheLimits limits;
    private final ToLongFunction<V> sizeOf;
    private final CacheMetrics metrics;

    private final Map<K, Entry<K, V>> entries = new HashMap<>();
    private final List<@Nullable Entry<K, V>> byNumber = new ArrayList<>();
    private final Deque<Integer> freeNumbers = new ArrayDeque<>();
    private final RecencyList order = new RecencyList();
    private int firstDirty = RecencyList.NONE;
    private @Nullable Entry<K, V> lastFound;
    private long bytes;
    private int dirty;

    /**
     * An empty cache.
     *
     * @param sizeOf the bytes that a value takes on the heap, its key included
     */
    public WriteBackCache(
            StoredValues<K, V> stored,
            CacheLimits limits,
            ToLongFunction<V> sizeOf,
            CacheMetrics metrics) {
        this.stored = stored;
        this.limits = limits;
        this.sizeOf = sizeOf;
        this.metrics = metrics;
        metrics.watch(entries::size, () -> bytes, () -> dirty);
    }

    @Override
    public @Nullable V get(K key) throws Exception {
        Entry<K, V> entry = find(key);
        if (entry != null) {
            metrics.onHit();
            if (!entry.dirty && order.newer(entry.number) != firstDirty) {
                order.remove(entry.number);
                order.insert(entry.number, firstDirty);
            }
            return entry.value;
        }
        metrics.onMiss();
        V value = stored.read(key);
        if (value != null) {
            order.insert(add(key, value).number, firstDirty);
            makeRoom();
        }
        return value;
    }

    @Override
    public void put(K key, V value) throws Exception {
        Entry<K, V> entry = find(key);
        if (entry == null) {
            entry = add(key, value);
        } else {
            resize(entry, value);
            if (entry.number == firstDirty) {
                firstDirty = order.newer(entry.number);
            }
            order.remove(entry.number);
        }
        order.insert(entry.number, RecencyList.NONE);
        if (firstDirty == RecencyList.NONE) {
            firstDirty = entry.number;
        }
        if (!entry.dirty) {
            entry.dirty = true;
            dirty++;
        }
        while (dirty > limits.maxDirty()) {
            writeFirstDirty();
        }
        makeRoom();
    }

    @Override
    public void flush() throws Exception {
        long start = System.nanoTime();
        int written = dirty;
        while (dirty > 0) {
            writeFirstDirty();
        }
        metrics.onFlush(written, System.nanoTime() - start);
    }

    /** Every put follows the get of the same key. */
    private @Nullable Entry<K, V> find(K key) {
        if (lastFound == null || !lastFound.key.equals(key)) {
            lastFound = entries.get(key);
        }
        return lastFound;
    }

    private Entry<K, V> add(K key, V value) {
        Integer free = freeNumbers.poll();
        int number = free == null ? byNumber.size() : free;
        Entry<K, V> entry = new Entry<>(key, number, value, sizeOf.applyAsLong(value));
        if (free == null) {
            byNumber.add(entry);
        } else {
            byNumber.set(number, entry);
        }
        entries.put(key, entry);
        bytes += entry.bytes;
        lastFound = entry;
        return entry;
    }

    private void resize(Entry<K, V> entry, V value) {
        if (entry.value != value) {
            entry.value = value;
        }
        bytes -= entry.bytes;
        entry.bytes = sizeOf.applyAsLong(value);
        bytes += entry.bytes;
    }

    /** Evicts from the oldest end, but never the only entry. */
    private void makeRoom() throws Exception {
        while (order.oldest() != order.newest()
                && (entries.size() > limits.maxEntries() || bytes > limits.maxBytes())) {
            if (order.oldest() == firstDirty) {
                writeFirstDirty();
            }
            evict(entry(order.oldest()));
        }
    }

    private void evict(Entry<K, V> entry) {
        entries.remove(entry.key);
        bytes -= entry.bytes;
        order.remove(entry.number);
        byNumber.set(entry.number, null);
        freeNumbers.push(entry.number);
        if (entry == lastFound) {
            lastFound = null;
        }
        metrics.onEviction();
    }

    private void writeFirstDirty() throws Exception {
        Entry<K, V> entry = entry(firstDirty);
        stored.write(entry.key, entry.value);
        entry.dirty = false;
        dirty--;
        firstDirty = order.newer(entry.number);
        metrics.onWriteBack();
    }

    private Entry<K, V> entry(int number) {
        return Objects.requireNonNull(byNumber.get(number));
    }

    private static final class Entry<K, V> {
        private final K key;
        private final int number;
        private V value;
        private long bytes;
        private boolean dirty;

        Entry(K key, int number, V value, long bytes) {
            this.key = key;
            this.number = number;
            this.value = value;
            this.bytes = bytes;
        }
    }
}
