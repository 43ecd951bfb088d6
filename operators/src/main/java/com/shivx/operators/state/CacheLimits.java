package com.shivx.operators.state;

import java.io.Serializable;

/**
 * How much a {@link WriteBackCache} may hold, a subtask each.
 *
 * @param maxEntries values on the heap at most; at least 1
 * @param maxBytes bytes of them at most, by {@code sizeOf}; one value may exceed it
 * @param maxDirty values at most that the state backend does not have yet; at least 1. A snapshot
 *     waits until they are written, some microseconds each
 */
public record CacheLimits(int maxEntries, long maxBytes, int maxDirty) implements Serializable {

    public CacheLimits {
        require(maxEntries, "entries");
        require(maxBytes, "bytes");
        require(maxDirty, "dirty entries");
    }

    private static void require(long limit, String of) {
        if (limit < 1) {
            throw new IllegalArgumentException(
                    "A cache of at most %d %s holds nothing; allow at least 1, or use direct access"
                            .formatted(limit, of));
        }
    }
}
