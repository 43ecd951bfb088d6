package com.shivx.features.bar;

/**
 * The last numbers of a series, in a slice of a symbol's array; a slice of zeros is empty.
 *
 * <pre>
 * | count ever added | capacity numbers, the n-th at n mod capacity |
 * </pre>
 *
 * @param capacity how many it keeps
 */
public record Ring(int capacity) {

    public Ring {
        if (capacity < 1) {
            throw new IllegalArgumentException("A ring keeps at least one number, not " + capacity);
        }
    }

    /** Numbers of state. */
    public int slots() {
        return 1 + capacity;
    }

    /** Adds one number. */
    public void add(double number, double[] state, int at) {
        long count = (long) state[at];
        state[at + 1 + (int) (count % capacity)] = number;
        state[at] = count + 1;
    }

    /** Adds the same number that many times; writes each slot at most once. */
    public void add(double number, long times, double[] state, int at) {
        long count = (long) state[at];
        for (long i = 0; i < Math.min(times, capacity); i++) {
            state[at + 1 + (int) ((count + i) % capacity)] = number;
        }
        state[at] = count + times;
    }

    /** How many it holds, at most its capacity. */
    public int size(double[] state, int at) {
        return (int) Math.min(capacity, state[at]);
    }

    /** The number added that many additions ago, 1 being the latest; NaN where there is none. */
    public double back(int additions, double[] state, int at) {
        long count = (long) state[at];
        return additions <= Math.min(count, capacity)
                ? state[at + 1 + (int) ((count - additions) % capacity)]
                : Double.NaN;
    }

    /** Any of the numbers, 0 to size − 1, in no particular order. */
    public double any(int index, double[] state, int at) {
        return state[at + 1 + index];
    }

    /** Sum; 0 for none. Added up anew each time, so no error creeps in. */
    public double sum(double[] state, int at) {
        double sum = 0;
        for (int i = 0; i < size(state, at); i++) {
            sum += any(i, state, at);
        }
        return sum;
    }

    /** Largest; negative infinity for none. */
    public double max(double[] state, int at) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < size(state, at); i++) {
            max = Math.max(max, any(i, state, at));
        }
        return max;
    }

    /** Smallest; positive infinity for none. */
    public double min(double[] state, int at) {
        double min = Double.POSITIVE_INFINITY;
        for (int i = 0; i < size(state, at); i++) {
            min = Math.min(min, any(i, state, at));
        }
        return min;
    }
}
