package com.shivx.features;

import com.shivx.features.tick.QualityState;
import java.util.Arrays;

/**
 * Everything kept of one symbol between ticks. Its empty self is a cold start, and so is one whose
 * {@link #slots} are empty, whatever its quality state.
 */
public final class SymbolState {

    /** Two objects, an array's header, a short symbol, an entry of a table and of a list. */
    private static final long HEAP_BYTES_WITHOUT_SLOTS = 320;

    /** What quality remembers; outlives the features' numbers. */
    public QualityState quality = new QualityState();

    /** The numbers of every kernel, as the feature set that last wrote them laid them out. */
    public double[] slots = {};

    /** A state that shares nothing with this one. */
    public SymbolState copy() {
        SymbolState copy = new SymbolState();
        copy.quality = quality.copy();
        copy.slots = slots.clone();
        return copy;
    }

    /** Whether there are numbers that can be freed. */
    public boolean holdsNumbers() {
        return slots.length > 0;
    }

    /** Forgets the numbers but not what quality knows; the next good tick starts cold. */
    public void free() {
        slots = new double[0];
    }

    /** About how many bytes it takes on a heap, with its symbol and its place in a hash table. */
    public long heapBytes() {
        return HEAP_BYTES_WITHOUT_SLOTS + (long) Double.BYTES * slots.length;
    }

    @Override
    public String toString() {
        return "SymbolState[" + quality + ", slots=" + Arrays.toString(slots) + "]";
    }
}
