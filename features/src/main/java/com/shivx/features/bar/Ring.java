package com.shivx.features.bar;

/**
 * The last numbers of a series, in a slice of a symbol's array; a slice of zeros is empty.
 *
 * <pre>
 * | how many it holds | where the next goes | capacity numbers |
 * </pre>
 *
 * @param capacity how many it keeps
 */
public record Ring(int capacity) {

    private static final int SIZE = 0;
    private static final int NEXT = 1;
    private static final int NUMBERS = 2;

    public Ring {
        if (capacity < 1) {
            throw new IllegalArgumentException("A ring keeps at least one number, not " + capacity);
        }
    }

    /** Numbers of state. */
    public int slots() {
        return NUMBERS + capacity;
    }

    /** Adds one number. */
    public void add(double number, double[] state, int at) {
        add(number, 1, state, at);
    }

    /** Adds the same number that many times; writes each slot at most once. */
    public void add(double number, long times, double[] state, int at) {
        int next = (int) state[at + NEXT];
        int writes = (int) Math.min(times, capacity);
        for (int i = 0; i < writes; i++) {
            state[at + NUMBERS + next] = number;
            next = next + 1 == capacity ? 0 : next + 1;
        }
        state[at + NEXT] = next;
        state[at + SIZE] = Math.min(capacity, state[at + SIZE] + writes);
    }

    /** How many it holds, at most its capacity. */
    public int size(double[] state, int at) {
        return (int) state[at + SIZE];
    }

    /** Whether the next number displaces another. */
    public boolean isFull(double[] state, int at) {
        return state[at + SIZE] == capacity;
    }

    /** The number added that many additions ago, 1 being the latest; NaN where there is none. */
    public double back(int additions, double[] state, int at) {
        if (additions > state[at + SIZE]) {
            return Double.NaN;
        }
        int index = (int) state[at + NEXT] - additions;
        return state[at + NUMBERS + (index < 0 ? index + capacity : index)];
    }

    /** Any of the numbers, 0 to size − 1, in no particular order. */
    public double any(int index, double[] state, int at) {
        return state[at + NUMBERS + index];
    }

    /** Sum; 0 for none. Added up anew each time, so no error creeps in. */
    public double sum(double[] state, int at) {
        double sum = 0;
        int size = size(state, at);
        for (int i = 0; i < size; i++) {
            sum += any(i, state, at);
        }
        return sum;
    }

    /** Largest; negative infinity for none. */
    public double max(double[] state, int at) {
        double max = Double.NEGATIVE_INFINITY;
        int size = size(state, at);
        for (int i = 0; i < size; i++) {
            max = Math.max(max, any(i, state, at));
        }
        return max;
    }

    /** Smallest; positive infinity for none. */
    public double min(double[] state, int at) {
        double min = Double.POSITIVE_INFINITY;
        int size = size(state, at);
        for (int i = 0; i < size; i++) {
            min = Math.min(min, any(i, state, at));
        }
        return min;
    }
}
