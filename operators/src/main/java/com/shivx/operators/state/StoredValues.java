package com.shivx.operators.state;

import org.jspecify.annotations.Nullable;

/**
 * Values as the state backend keeps them.
 *
 * @param <K> the key
 * @param <V> the value
 */
public interface StoredValues<K, V> {

    /** The stored value; null if none. */
    @Nullable V read(K key) throws Exception;

    /** Stores the value as it is now: later changes of the object are not stored with it. */
    void write(K key, V value) throws Exception;
}
