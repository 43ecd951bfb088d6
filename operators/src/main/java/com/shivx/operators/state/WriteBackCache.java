package com.shivx.operators.state;

import java.util.HashMap;
import java.util.Map;
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
    private @Nullable Entry<K, V> oldest;
    private @Nullable Entry<K, V> newest;
    private @Nullable Entry<K, V> firstDirty;
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
            if (!entry.dirty && entry.newer != firstDirty) {
                unlink(entry);
                linkBefore(firstDirty, entry);
            }
            return entry.value;
        }
        metrics.onMiss();
        V value = stored.read(key);
        if (value != null) {
            linkBefore(firstDirty, add(key, value));
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
            if (entry == firstDirty) {
                firstDirty = entry.newer;
            }
            unlink(entry);
        }
        linkBefore(null, entry);
        if (firstDirty == null) {
            firstDirty = entry;
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
        Entry<K, V> entry = new Entry<>(key, value, sizeOf.applyAsLong(value));
        entries.put(key, entry);
        bytes += entry.bytes;
        lastFound = entry;
        return entry;
    }

    private void resize(Entry<K, V> entry, V value) {
        entry.value = value;
        bytes -= entry.bytes;
        entry.bytes = sizeOf.applyAsLong(value);
        bytes += entry.bytes;
    }

    /** Evicts from the oldest end, but never the only entry. */
    private void makeRoom() throws Exception {
        while (oldest != null
                && oldest != newest
                && (entries.size() > limits.maxEntries() || bytes > limits.maxBytes())) {
            if (oldest == firstDirty) {
                writeFirstDirty();
            }
            evict(oldest);
        }
    }

    private void evict(Entry<K, V> entry) {
        entries.remove(entry.key);
        bytes -= entry.bytes;
        unlink(entry);
        if (entry == lastFound) {
            lastFound = null;
        }
        metrics.onEviction();
    }

    private void writeFirstDirty() throws Exception {
        Entry<K, V> entry = firstDirty;
        if (entry != null) {
            stored.write(entry.key, entry.value);
            entry.dirty = false;
            dirty--;
            firstDirty = entry.newer;
            metrics.onWriteBack();
        }
    }

    private void unlink(Entry<K, V> entry) {
        Entry<K, V> older = entry.older;
        Entry<K, V> newer = entry.newer;
        if (older == null) {
            oldest = newer;
        } else {
            older.newer = newer;
        }
        if (newer == null) {
            newest = older;
        } else {
            newer.older = older;
        }
    }

    /** Links an entry as the next older one than {@code newer}, or as the newest. */
    private void linkBefore(@Nullable Entry<K, V> newer, Entry<K, V> entry) {
        Entry<K, V> older = newer == null ? newest : newer.older;
        entry.older = older;
        entry.newer = newer;
        if (older == null) {
            oldest = entry;
        } else {
            older.newer = entry;
        }
        if (newer == null) {
            newest = entry;
        } else {
            newer.older = entry;
        }
    }

    private static final class Entry<K, V> {
        private final K key;
        private V value;
        private long bytes;
        private boolean dirty;
        private @Nullable Entry<K, V> older;
        private @Nullable Entry<K, V> newer;

        Entry(K key, V value, long bytes) {
            this.key = key;
            this.value = value;
            this.bytes = bytes;
        }
    }
}
