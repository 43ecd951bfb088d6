package com.shivx.operators.state;

import java.util.Arrays;

/**
 * Small numbers in the order of their use. Linked by arrays of them and not by objects: the garbage
 * collector is told of every change of a reference, and here the order changes with each tick.
 */
final class RecencyList {

    /** No number: beside the oldest and the newest. */
    static final int NONE = -1;

    private static final int FIRST_CAPACITY = 64;

    private int[] older = new int[FIRST_CAPACITY];
    private int[] newer = new int[FIRST_CAPACITY];
    private int oldest = NONE;
    private int newest = NONE;

    /** NONE if it is empty. */
    int oldest() {
        return oldest;
    }

    /** NONE if it is empty. */
    int newest() {
        return newest;
    }

    /** The next newer one; NONE for the newest. */
    int newer(int number) {
        return newer[number];
    }

    /** Adds a number, 0 or more, that is not in the list: before {@code next}, or as the newest. */
    void insert(int number, int next) {
        if (number >= older.length) {
            int capacity = Math.max(2 * older.length, number + 1);
            older = Arrays.copyOf(older, capacity);
            newer = Arrays.copyOf(newer, capacity);
        }
        int previous = next == NONE ? newest : older[next];
        older[number] = previous;
        newer[number] = next;
        link(previous, number);
        if (next == NONE) {
            newest = number;
        } else {
            older[next] = number;
        }
    }

    /** Takes a number out. */
    void remove(int number) {
        int previous = older[number];
        int next = newer[number];
        link(previous, next);
        if (next == NONE) {
            newest = previous;
        } else {
            older[next] = previous;
        }
    }

    private void link(int previous, int next) {
        if (previous == NONE) {
            oldest = next;
        } else {
            newer[previous] = next;
        }
    }
}
