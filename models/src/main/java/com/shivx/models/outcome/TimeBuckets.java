package com.shivx.models.outcome;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Things in order of their time, kept by the second in a store, of which only the seconds in use
 * are on the heap. Things of one time keep the order in which they were added.
 *
 * <p>Invariants: a bucket is known if and only if something lies in its second; one that is not on
 * the heap is in the store as it is; one that changed is on the heap, or is gone and not known.
 *
 * @param <E> the things; immutable
 */
public final class TimeBuckets<E> {

    private static final long BUCKET_MICROS = 1_000_000;

    /** Gives what was stored. */
    public interface Store<E> {
        /** The things of a bucket that was stored. */
        List<E> read(long bucket);
    }

    /** A bucket that is known; its things are null while they are not on the heap. */
    private static final class Bucket<E> {
        private @Nullable List<E> things;
        private boolean used;
    }

    private final ToLongFunction<E> micros;
    private final TreeMap<Long, Bucket<E>> buckets = new TreeMap<>();
    private final Set<Long> changed = new HashSet<>();
    private @Nullable Store<E> store;
    private int held;

    /**
     * Nothing yet.
     *
     * @param micros the time of a thing, microseconds since the epoch
     */
    public TimeBuckets(ToLongFunction<E> micros) {
        this.micros = micros;
    }

    /** Takes what was stored, before anything is added. */
    public void restore(Iterable<Long> stored, Store<E> from) {
        store = from;
        stored.forEach(bucket -> buckets.put(bucket, new Bucket<>()));
    }

    /** How many things are on the heap. */
    public int held() {
        return held;
    }

    /** Whether there is nothing. */
    public boolean isEmpty() {
        return buckets.isEmpty();
    }

    /**
     * The end of the earliest second in which something lies; {@link Long#MAX_VALUE} of nothing.
     */
    public long firstEndMicros() {
        return buckets.isEmpty() ? Long.MAX_VALUE : endOf(buckets.firstKey());
    }

    /** Adds one behind all that are no later. */
    public void add(E thing) {
        long time = micros.applyAsLong(thing);
        Bucket<E> bucket = buckets.computeIfAbsent(bucketOf(time), any -> fresh());
        List<E> things = things(bucketOf(time), bucket);
        things.add(countUpTo(things, time), thing);
        held++;
        changed.add(bucketOf(time));
    }

    private static <E> Bucket<E> fresh() {
        Bucket<E> bucket = new Bucket<>();
        bucket.things = new ArrayList<>();
        return bucket;
    }

    /** The last that is no later; null if there is none. */
    public @Nullable E lastUpTo(long time) {
        List<E> things = thingsAt(bucketOf(time));
        int count = countUpTo(things, time);
        if (count > 0) {
            return things.get(count - 1);
        }
        Map.Entry<Long, Bucket<E>> before = buckets.lowerEntry(bucketOf(time));
        if (before == null) {
            return null;
        }
        List<E> earlier = things(before.getKey(), before.getValue());
        return earlier.get(earlier.size() - 1);
    }

    /** The first that is later; null if there is none. */
    public @Nullable E firstAfter(long time) {
        List<E> things = thingsAt(bucketOf(time));
        int count = countUpTo(things, time);
        if (count < things.size()) {
            return things.get(count);
        }
        Map.Entry<Long, Bucket<E>> after = buckets.higherEntry(bucketOf(time));
        return after == null ? null : things(after.getKey(), after.getValue()).get(0);
    }

    /** Those of one time that are as wanted, in their order. */
    public List<E> at(long time, Predicate<E> wanted) {
        List<E> things = thingsAt(bucketOf(time));
        int from = countUpTo(things, time - 1);
        int to = countUpTo(things, time);
        return from == to ? List.of() : things.subList(from, to).stream().filter(wanted).toList();
    }

    /** The first between two times, both included, that is as wanted; null if there is none. */
    public @Nullable E find(long from, long to, Predicate<E> wanted) {
        for (Map.Entry<Long, Bucket<E>> entry :
                buckets.subMap(bucketOf(from), true, bucketOf(to), true).entrySet()) {
            List<E> things = things(entry.getKey(), entry.getValue());
            int end = countUpTo(things, to);
            for (int i = countUpTo(things, from - 1); i < end; i++) {
                if (wanted.test(things.get(i))) {
                    return things.get(i);
                }
            }
        }
        return null;
    }

    /** Takes away all that are no later, in their order. */
    public void removeUpTo(long time, Consumer<E> taker) {
        while (!buckets.isEmpty() && buckets.firstKey() <= bucketOf(time)) {
            long bucket = buckets.firstKey();
            List<E> things = thingsAt(bucket);
            int count = countFromFirst(things, time);
            if (count == 0) {
                return;
            }
            List<E> due = things.subList(0, count);
            List<E> taken = List.copyOf(due);
            due.clear();
            shrunk(bucket, things, taken.size());
            taken.forEach(taker);
            if (buckets.containsKey(bucket)) {
                return;
            }
        }
    }

    /** Takes away those of one time that are as wanted, in their order. */
    public List<E> removeAt(long time, Predicate<E> wanted) {
        List<E> taken = new ArrayList<>(at(time, wanted));
        if (!taken.isEmpty()) {
            List<E> things = thingsAt(bucketOf(time));
            things.subList(countUpTo(things, time - 1), countUpTo(things, time)).removeIf(wanted);
            shrunk(bucketOf(time), things, taken.size());
        }
        return taken;
    }

    /**
     * Takes away, without looking at them, all seconds that are over by then.
     *
     * @return the end of the last such second; {@link Long#MIN_VALUE} if there was none
     */
    public long forgetUpTo(long time) {
        long forgotten = Long.MIN_VALUE;
        while (firstEndMicros() <= time) {
            long bucket = buckets.firstKey();
            List<E> things = buckets.firstEntry().getValue().things;
            held -= things == null ? 0 : things.size();
            buckets.remove(bucket);
            changed.add(bucket);
            forgotten = endOf(bucket);
        }
        return forgotten;
    }

    /**
     * The buckets that changed since the last call, as they are now, for the store; null is one
     * that is no more.
     */
    public Map<Long, @Nullable List<E>> takeChanges() {
        Map<Long, @Nullable List<E>> changes = new LinkedHashMap<>();
        for (long bucket : changed) {
            Bucket<E> known = buckets.get(bucket);
            changes.put(bucket, known == null ? null : known.things);
        }
        changed.clear();
        return changes;
    }

    /**
     * After all changes are in the store: what was not used since the last call leaves the heap.
     */
    public void release(Store<E> into) {
        store = into;
        for (Bucket<E> bucket : buckets.values()) {
            if (!bucket.used && bucket.things != null) {
                held -= bucket.things.size();
                bucket.things = null;
            }
            bucket.used = false;
        }
    }

    private List<E> thingsAt(long bucket) {
        Bucket<E> known = buckets.get(bucket);
        return known == null ? List.of() : things(bucket, known);
    }

    private List<E> things(long number, Bucket<E> bucket) {
        bucket.used = true;
        List<E> things = bucket.things;
        if (things == null) {
            if (store == null) {
                throw new IllegalStateException("a bucket left the heap for no store");
            }
            things = new ArrayList<>(store.read(number));
            bucket.things = things;
            held += things.size();
        }
        return things;
    }

    private void shrunk(long bucket, List<E> left, int by) {
        held -= by;
        if (by > 0) {
            changed.add(bucket);
        }
        if (left.isEmpty()) {
            buckets.remove(bucket);
        }
    }

    /** One by one: whoever takes away as time goes on takes few at once. */
    private int countFromFirst(List<E> things, long time) {
        int count = 0;
        while (count < things.size() && micros.applyAsLong(things.get(count)) <= time) {
            count++;
        }
        return count;
    }

    /**
     * By halving: a busy symbol's second holds thousands. But most that is asked for or added comes
     * after all of them.
     */
    private int countUpTo(List<E> things, long time) {
        int low = 0;
        int high = things.size();
        if (high > 0 && micros.applyAsLong(things.get(high - 1)) <= time) {
            return high;
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (micros.applyAsLong(things.get(middle)) <= time) {
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

    private static long endOf(long bucket) {
        return (bucket + 1) * BUCKET_MICROS - 1;
    }
}
