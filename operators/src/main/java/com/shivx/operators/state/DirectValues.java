package com.shivx.operators.state;

import org.jspecify.annotations.Nullable;

/**
 * Every value from the state backend and back, every time: what {@link WriteBackCache} is held
 * against, and what backends that keep objects on the heap anyway are used through.
 *
 * @param <K> the key
 * @param <V> the value
 */
public final class DirectValues<K, V> implements KeyedValues<K, V> {

    private final StoredValues<K, V> stored;

    /** Values kept in {@code stored} and nowhere else. */
    public DirectValues(StoredValues<K, V> stored) {
        this.stored = stored;
    }

    @Override
    public @Nullable V get(K key) throws Exception {
        return stored.read(key);
    }

    @Override
    public void put(K key, V value) throws Exception {
        stored.write(key, value);
    }

    @Override
    public void flush() {
        // All is stored.
    }
}
