package com.shivx.models.outcome;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Things in order of their time, kept by the second so that a store that is told what changed need
 * not write all of them again. Things of one time keep the order in which they were added.
 *
 * <p>Invariant: no bucket is empty, and a bucket holds what lies in its second, in order.
 *
 * @param <E> the things; immutable
 */
public final class TimeBuckets<E> {

    private static final long BUCKET_MICROS = 1_000_000;

    private final ToLongFunction<E> micros;
    private final TreeMap<Long, List<E>> buckets = new TreeMap<>();
    private final Set<Long> changed = new LinkedHashSet<>();
    private int size;

    /**
     * Nothing yet.
     *
     * @param micros the time of a thing, microseconds since the epoch
     */
    public TimeBuckets(ToLongFunction<E> micros) {
        this.micros = micros;
    }

    /** Takes a bucket as it was stored. */
    public void restore(long bucket, List<E> things) {
        buckets.put(bucket, new ArrayList<>(things));
        size += things.size();
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /** The earliest time; {@link Long#MAX_VALUE} of nothing. */
    public long firstMicros() {
        return buckets.isEmpty()
                ? Long.MAX_VALUE
                : micros.applyAsLong(buckets.firstEntry().getValue().get(0));
    }

    /** Adds one behind all that are no later. */
    public void add(E thing) {
        long time = micros.applyAsLong(thing);
        List<E> bucket = buckets.computeIfAbsent(bucketOf(time), any -> new ArrayList<>());
        bucket.add(countUpTo(bucket, time), thing);
        size++;
        touch(bucketOf(time));
    }

    /** The last that is no later; null if there is none. */
    public @Nullable E lastUpTo(long time) {
        List<E> bucket = buckets.get(bucketOf(time));
        int count = bucket == null ? 0 : countUpTo(bucket, time);
        if (bucket != null && count > 0) {
            return bucket.get(count - 1);
        }
        Map.Entry<Long, List<E>> before = buckets.lowerEntry(bucketOf(time));
        return before == null ? null : before.getValue().get(before.getValue().size() - 1);
    }

    /** The first that is later; null if there is none. */
    public @Nullable E firstAfter(long time) {
        List<E> bucket = buckets.get(bucketOf(time));
        int count = bucket == null ? 0 : countUpTo(bucket, time);
        if (bucket != null && count < bucket.size()) {
            return bucket.get(count);
        }
        Map.Entry<Long, List<E>> after = buckets.higherEntry(bucketOf(time));
        return after == null ? null : after.getValue().get(0);
    }

    /** Those of one time that are as wanted, in their order. */
    public List<E> at(long time, Predicate<E> wanted) {
        List<E> bucket = buckets.getOrDefault(bucketOf(time), List.of());
        return bucket.subList(countUpTo(bucket, time - 1), countUpTo(bucket, time)).stream()
                .filter(wanted)
                .toList();
    }

    /** The first between two times, both included, that is as wanted; null if there is none. */
    public @Nullable E find(long from, long to, Predicate<E> wanted) {
        for (List<E> bucket : buckets.subMap(bucketOf(from), true, bucketOf(to), true).values()) {
            int end = countUpTo(bucket, to);
            for (int i = countUpTo(bucket, from - 1); i < end; i++) {
                if (wanted.test(bucket.get(i))) {
                    return bucket.get(i);
                }
            }
        }
        return null;
    }

    /** Takes away all that are no later, in their order. */
    public void removeUpTo(long time, Consumer<E> taker) {
        while (size > 0 && firstMicros() <= time) {
            Map.Entry<Long, List<E>> first = buckets.firstEntry();
            List<E> due = first.getValue().subList(0, countUpTo(first.getValue(), time));
            List<E> taken = List.copyOf(due);
            due.clear();
            shrunk(first.getKey(), taken.size());
            taken.forEach(taker);
        }
    }

    /** Takes away those of one time that are as wanted, in their order. */
    public List<E> removeAt(long time, Predicate<E> wanted) {
        List<E> bucket = buckets.get(bucketOf(time));
        if (bucket == null) {
            return new ArrayList<>();
        }
        List<E> taken = new ArrayList<>(at(time, wanted));
        if (!taken.isEmpty()) {
            bucket.subList(countUpTo(bucket, time - 1), countUpTo(bucket, time)).removeIf(wanted);
            shrunk(bucketOf(time), taken.size());
        }
        return taken;
    }

    /**
     * The buckets that changed since the last call, as they are now; null is one that is no more.
     */
    public Map<Long, @Nullable List<E>> takeChanges() {
        Map<Long, @Nullable List<E>> changes = new LinkedHashMap<>();
        changed.forEach(bucket -> changes.put(bucket, buckets.get(bucket)));
        changed.clear();
        return changes;
    }

    private void shrunk(long bucket, int by) {
        size -= by;
        touch(bucket);
        if (buckets.getOrDefault(bucket, List.of()).isEmpty()) {
            buckets.remove(bucket);
        }
    }

    private void touch(long bucket) {
        changed.add(bucket);
    }

    /** By halving: a busy symbol's second holds thousands. */
    private int countUpTo(List<E> bucket, long time) {
        int low = 0;
        int high = bucket.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (micros.applyAsLong(bucket.get(middle)) <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static long bucketOf(long micros) {
        return Math.floorDiv(micros, BUCKET_MICROS);
    }
}
