package com.shivx.models.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeBucketsTest {

    private record Thing(long micros, int number) {}

    /** What was written, and nothing else, is there to be read. */
    private final Map<Long, List<Thing>> stored = new HashMap<>();

    private final TimeBuckets.Store<Thing> store =
            bucket -> {
                List<Thing> things = stored.get(bucket);
                assertThat(things).as("bucket %d is in the store", bucket).isNotEmpty();
                return things;
            };

    /** Against a plain list, with the heap emptied into the store at any moment. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void isASortedListWhateverIsOnTheHeap(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TimeBuckets<Thing> buckets = new TimeBuckets<>(Thing::micros);
        List<Thing> list = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            long time = random.nextLong(20_000_000) - 5_000_000;
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> {
                    Thing thing = new Thing(time - time % 100_000, i);
                    buckets.add(thing);
                    list.add(thing);
                    list.sort(Comparator.comparingLong(Thing::micros));
                }
                case 3 ->
                        assertThat(buckets.lastUpTo(time))
                                .isEqualTo(
                                        list.stream()
                                                .filter(thing -> thing.micros <= time)
                                                .reduce((a, b) -> b)
                                                .orElse(null));
                case 4 ->
                        assertThat(buckets.firstAfter(time))
                                .isEqualTo(
                                        list.stream()
                                                .filter(thing -> thing.micros > time)
                                                .findFirst()
                                                .orElse(null));
                case 5 ->
                        assertThat(
                                        buckets.find(
                                                time,
                                                time + 3_000_000,
                                                thing -> thing.number % 3 == 0))
                                .isEqualTo(
                                        list.stream()
                                                .filter(thing -> thing.micros >= time)
                                                .filter(thing -> thing.micros <= time + 3_000_000)
                                                .filter(thing -> thing.number % 3 == 0)
                                                .findFirst()
                                                .orElse(null));
                case 6 -> {
                    long exact = time - time % 100_000;
                    List<Thing> expected =
                            list.stream()
                                    .filter(thing -> thing.micros == exact)
                                    .filter(thing -> thing.number % 2 == 0)
                                    .toList();
                    assertThat(buckets.removeAt(exact, thing -> thing.number % 2 == 0))
                            .isEqualTo(expected);
                    list.removeAll(expected);
                }
                case 7 -> {
                    long upTo = -5_000_000 + i * 3_000L;
                    List<Thing> taken = new ArrayList<>();
                    buckets.removeUpTo(upTo, taken::add);
                    List<Thing> expected =
                            list.stream().filter(thing -> thing.micros <= upTo).toList();
                    assertThat(taken).isEqualTo(expected);
                    list.removeAll(expected);
                }
                case 8 -> save(buckets);
                default -> {
                    save(buckets);
                    buckets = new TimeBuckets<>(Thing::micros);
                    buckets.restore(List.copyOf(stored.keySet()), store);
                    assertThat(buckets.held()).isZero();
                }
            }
            assertThat(buckets.isEmpty()).isEqualTo(list.isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {999_998, 999_999, 1_000_000, 1_999_999, 2_000_000})
    void forgetsWholeSecondsWithoutReadingThem(long time) {
        TimeBuckets<Thing> buckets = new TimeBuckets<>(Thing::micros);
        buckets.add(new Thing(0, 1));
        buckets.add(new Thing(1_500_000, 2));
        save(buckets);
        TimeBuckets<Thing> restored = new TimeBuckets<>(Thing::micros);
        restored.restore(List.copyOf(stored.keySet()), bucket -> List.of());

        long forgotten = restored.forgetUpTo(time);

        assertThat(forgotten)
                .isEqualTo(
                        time < 999_999 ? Long.MIN_VALUE : time < 1_999_999 ? 999_999 : 1_999_999);
        save(restored);
        assertThat(stored).hasSize(time < 999_999 ? 2 : time < 1_999_999 ? 1 : 0);
    }

    private void save(TimeBuckets<Thing> buckets) {
        buckets.takeChanges()
                .forEach(
                        (bucket, things) -> {
                            if (things == null) {
                                stored.remove(bucket);
                            } else {
                                stored.put(bucket, List.copyOf(things));
                            }
                        });
        buckets.release(store);
    }
}
