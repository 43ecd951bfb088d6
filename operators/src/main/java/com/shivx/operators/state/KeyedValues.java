package com.shivx.operators.state;

import org.jspecify.annotations.Nullable;

/**
 * One value a key, for an operator that knows its key and need not be told it by the engine. Used
 * by the task's thread alone.
 *
 * @param <K> the key
 * @param <V> the value; mutable, and only changed between {@link #get} and {@link #put}
 */
public interface KeyedValues<K, V> {

    /** The key's value, which the caller may change and then must {@link #put}; null if none. */
    @Nullable V get(K key) throws Exception;

    /** Makes it the key's value. */
    void put(K key, V value) throws Exception;

    /** Gives the state backend all it does not have yet: a snapshot is about to be taken. */
    void flush() throws Exception;
}
