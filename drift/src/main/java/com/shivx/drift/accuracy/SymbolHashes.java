package com.shivx.drift.accuracy;

import java.util.Arrays;

/**
 * A set of symbols that is counted up to {@link #MOST} and no further: the smallest distinct
 * hashes, sorted. What is cut off is larger than all that stay, so in any order and over any split
 * the sums are the same to the bit. That two of a hundred symbols have the same of 64 bits, and
 * count as one, is less likely than 10⁻¹⁵.
 *
 * <p>Sets are never changed, so that one may stand in several places; the empty array is none.
 */
public final class SymbolHashes {

    /** From so many on there is no telling how many. */
    public static final int MOST = 100;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private SymbolHashes() {}

    /**
     * The hash of a symbol, the same on every machine: FNV-1a of 64 bits over its UTF-16 code units
     * (Fowler, Noll and Vo; there over bytes).
     */
    public static long of(String symbol) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < symbol.length(); i++) {
            hash = (hash ^ symbol.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    /** The set with one more; the same array where that changes nothing. */
    static long[] with(long hash, long[] set) {
        boolean full = set.length >= MOST;
        if (full && hash > set[MOST - 1]) {
            return set;
        }
        int place = Arrays.binarySearch(set, hash);
        if (place >= 0) {
            return set;
        }
        int insertion = -place - 1;
        long[] more = Arrays.copyOf(set, full ? MOST : set.length + 1);
        more[insertion] = hash;
        System.arraycopy(set, insertion, more, insertion + 1, more.length - insertion - 1);
        return more;
    }

    /** The set of both; one of them where it holds the other. */
    static long[] union(long[] one, long[] other) {
        long[] union = one.length >= other.length ? one : other;
        for (long hash : one.length >= other.length ? other : one) {
            union = with(hash, union);
        }
        return union;
    }
}
