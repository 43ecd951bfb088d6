package com.shivx.jobs.files;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file of ticks that has been found and whose format is known.
 *
 * @param path where it is
 * @param name what it is called in dead letters: its path within the folder that was given, or its
 *     file name
 * @param format how its rows are read
 * @param symbol symbol of rows that do not name theirs; null where each must
 * @param midnightMicros what times since midnight count from, microseconds since the epoch; 0 for
 *     formats with full times
 * @param bytes its size
 */
public record TickFile(
        Path path,
        String name,
        TickFormat format,
        @Nullable String symbol,
        long midnightMicros,
        long bytes) {}
