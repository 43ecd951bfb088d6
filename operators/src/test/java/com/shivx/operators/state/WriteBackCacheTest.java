package com.shivx.operators.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteBackCacheTest {

    private final Store store = new Store();

    /**
     * Whatever is asked in whatever order, it answers as one map would, and so does what it leaves.
     */
    @ParameterizedTest
    @CsvSource({"1,1000,1", "3,1000,2", "8,60,8", "20,1000,5", "100,100000,100", "5,1,5"})
    void answersAsOneMapWould(int maxEntries, long maxBytes, int maxDirty) throws Exception {
        CacheLimits limits = new CacheLimits(maxEntries, maxBytes, maxDirty);
        for (int seed = 0; seed < 30; seed++) {
            store.clear();
            Random random = new Random(seed);
            Map<Integer, Integer> expected = new HashMap<>();
            WriteBackCache<Integer, int[]> cache = cache(limits);
            for (int i = 0; i < 2_000; i++) {
                // Few busy keys and many quiet ones.
                int key = (int) (25 * Math.pow(random.nextDouble(), 2));
                int[] value = cache.get(key);
                assertThat(value == null ? null : value[0]).isEqualTo(expected.get(key));
                if (random.nextInt(4) > 0) {
                    int[] next = value == null ? new int[1 + random.nextInt(9)] : value;
                    next[0]++;
                    cache.put(key, next);
                    expected.merge(key, 1, Integer::sum);
                }
                if (random.nextInt(200) == 0) {
                    cache.flush();
                    assertThat(store.counts()).isEqualTo(expected);
                    if (random.nextBoolean()) {
                        cache = cache(limits);
                    }
                }
            }
            cache.flush();
            assertThat(store.counts()).isEqualTo(expected);
        }
    }

    @Test
    void writesWhatWasPutLongestAgoWhenTooMuchIsDirty() throws Exception {
        WriteBackCache<Integer, int[]> cache = cache(new CacheLimits(10, 1_000, 2));
        add(cache, 1, 2, 1, 3, 1);
        assertThat(store.written).containsExactly(2);
        cache.flush();
        assertThat(store.written).containsExactly(2, 3, 1);
        cache.flush();
        assertThat(store.written).hasSize(3);
    }

    @Test
    void doesNotWriteABusyValueTwiceBetweenFlushes() throws Exception {
        WriteBackCache<Integer, int[]> cache = cache(new CacheLimits(10, 1_000, 3));
        for (int i = 0; i < 1_000; i++) {
            add(cache, 7, i % 5);
        }
        assertThat(store.written).doesNotContain(7);
    }

    @Test
    void readsAValueThatWasEvictedAndNotOneThatIsHeld() throws Exception {
        WriteBackCache<Integer, int[]> cache = cache(new CacheLimits(2, 1_000, 2));
        add(cache, 1, 2);
        store.read.clear();
        add(cache, 1, 2);
        assertThat(store.read).isEmpty();
        add(cache, 3, 2);
        assertThat(store.read).containsExactly(3);
        add(cache, 1);
        assertThat(store.read).containsExactly(3, 1);
        assertThat(store.counts()).containsEntry(1, 2);
    }

    @Test
    void keepsAValueLargerThanAllItMayHoldWhileItIsTheOnlyOne() throws Exception {
        WriteBackCache<Integer, int[]> cache = cache(new CacheLimits(10, 8, 10));
        cache.put(1, new int[100]);
        store.read.clear();
        assertThat(cache.get(1)).hasSize(100);
        assertThat(store.read).isEmpty();
        add(cache, 2);
        assertThat(store.written).containsExactly(1);
    }

    @Test
    void countsAValueThatGrows() throws Exception {
        WriteBackCache<Integer, int[]> cache = cache(new CacheLimits(10, 40, 10));
        add(cache, 1, 2, 3);
        cache.put(3, new int[9]);
        store.read.clear();
        add(cache, 3, 2);
        assertThat(store.read).containsExactly(2);
    }

    @Test
    void losesNothingWhenTheStoreFails() throws Exception {
        WriteBackCache<Integer, int[]> cache = cache(new CacheLimits(10, 1_000, 10));
        add(cache, 1, 2, 3);
        store.failing = true;
        assertThatThrownBy(cache::flush).isInstanceOf(IOException.class);
        store.failing = false;
        cache.flush();
        assertThat(store.counts()).containsOnlyKeys(1, 2, 3);
    }

    @ParameterizedTest
    @CsvSource({"0,1,1,entries", "1,0,1,bytes", "1,1,0,dirty"})
    void refusesToHoldNothing(int maxEntries, long maxBytes, int maxDirty, String named) {
        assertThatThrownBy(() -> new CacheLimits(maxEntries, maxBytes, maxDirty))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 " + named);
    }

    private WriteBackCache<Integer, int[]> cache(CacheLimits limits) {
        return new WriteBackCache<>(
                store,
                limits,
                value -> Integer.BYTES * (long) value.length,
                new CacheMetrics(new UnregisteredMetricsGroup()));
    }

    private static void add(WriteBackCache<Integer, int[]> cache, int... keys) throws Exception {
        for (int key : keys) {
            int[] value = cache.get(key);
            int[] next = value == null ? new int[2] : value;
            next[0]++;
            cache.put(key, next);
        }
    }

    /** Keeps copies, as a backend that serializes does. */
    private static final class Store implements StoredValues<Integer, int[]> {

        private final Map<Integer, int[]> values = new HashMap<>();
        private final List<Integer> read = new ArrayList<>();
        private final List<Integer> written = new ArrayList<>();
        private boolean failing;

        @Override
        public int @Nullable [] read(Integer key) {
            read.add(key);
            int[] value = values.get(key);
            return value == null ? null : value.clone();
        }

        @Override
        public void write(Integer key, int[] value) throws IOException {
            if (failing) {
                throw new IOException("no space");
            }
            written.add(key);
            values.put(key, value.clone());
        }

        Map<Integer, Integer> counts() {
            Map<Integer, Integer> counts = new HashMap<>();
            values.forEach((key, value) -> counts.put(key, value[0]));
            return counts;
        }

        void clear() {
            values.clear();
            read.clear();
            written.clear();
        }
    }
}
