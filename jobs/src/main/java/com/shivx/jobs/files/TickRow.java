package com.shivx.jobs.files;

import com.shivx.features.tick.Tick;
import org.jspecify.annotations.Nullable;

/**
 * One row of a file: a tick, or what is none; exactly one of them.
 *
 * @param file the file
 * @param row its number within the file, from 1; a header is no row, an empty line is one
 * @param tick the tick, or null
 * @param bad what is no tick, or null
 */
public record TickRow(TickFile file, long row, @Nullable Tick tick, @Nullable BadRow bad) {}
