package com.shivx.drift.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolHashesTest {

    private static final long[] NONE = {};

    private static List<Long> hashes(int symbols) {
        List<Long> hashes = new ArrayList<>();
        IntStream.range(0, symbols).forEach(i -> hashes.add(SymbolHashes.of("symbol" + i)));
        return hashes;
    }

    private static long[] set(List<Long> hashes) {
        long[] set = NONE;
        for (long hash : hashes) {
            set = SymbolHashes.with(hash, set);
        }
        return set;
    }

    /** Test vectors of draft-eastlake-fnv, whose bytes are code units where all are ASCII. */
    @ParameterizedTest
    @CsvSource({"'', cbf29ce484222325", "a, af63dc4c8601ec8c", "foobar, 85944171f73967e8"})
    void hashesAsFowlerNollAndVo(String symbol, String expected) {
        assertThat(SymbolHashes.of(symbol)).isEqualTo(Long.parseUnsignedLong(expected, 16));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "99, 99", "100, 100", "101, 100", "5000, 100"})
    void countsUpToAHundred(int symbols, int expected) {
        List<Long> twice = hashes(symbols);
        twice.addAll(hashes(symbols));

        assertThat(set(twice)).hasSize(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 50, 99, 100, 101, 1_000})
    void isTheSmallestInAnyOrderAndOverAnySplit(int symbols) {
        Random random = new Random(symbols);
        List<Long> hashes = hashes(symbols);
        long[] smallest =
                new TreeSet<>(hashes)
                        .stream().limit(SymbolHashes.MOST).mapToLong(hash -> hash).toArray();
        for (int trial = 0; trial < 20; trial++) {
            Collections.shuffle(hashes, random);
            assertThat(set(hashes)).isEqualTo(smallest);
            int first = random.nextInt(symbols + 1);
            int second = first + random.nextInt(symbols - first + 1);
            // Parts overlap, as those of one symbol in two windows do.
            long[] a = set(hashes.subList(0, second));
            long[] b = set(hashes.subList(first, symbols));
            long[] c = set(hashes.subList(second, symbols));
            assertThat(SymbolHashes.union(SymbolHashes.union(a, b), c)).isEqualTo(smallest);
            assertThat(SymbolHashes.union(a, SymbolHashes.union(c, b))).isEqualTo(smallest);
        }
    }

    @Test
    void whatIsThereMakesNothingNew() {
        for (int symbols : new int[] {12, 100, 1_000}) {
            List<Long> hashes = hashes(symbols);
            long[] set = set(hashes);
            for (long hash : hashes) {
                assertThat(SymbolHashes.with(hash, set)).isSameAs(set);
            }
            assertThat(SymbolHashes.union(set, NONE)).isSameAs(set);
            assertThat(SymbolHashes.union(NONE, set)).isSameAs(set);
        }
    }

    @Test
    void changesNoSetThatItIsGiven() {
        long[] set = set(hashes(100));
        long[] before = set.clone();
        SymbolHashes.with(Long.MIN_VALUE, set);
        SymbolHashes.union(set, new long[] {Long.MIN_VALUE, Long.MAX_VALUE});

        assertThat(set).isEqualTo(before);
        assertThat(SymbolHashes.with(Long.MIN_VALUE, set))
                .isEqualTo(
                        Arrays.stream(before)
                                .boxed()
                                .collect(
                                        () -> new TreeSet<>(List.of(Long.MIN_VALUE)),
                                        TreeSet::add,
                                        TreeSet::addAll)
                                .stream()
                                .limit(100)
                                .mapToLong(hash -> hash)
                                .toArray());
    }
}
