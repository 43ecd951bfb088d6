package com.shivx.jobs.files;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What is said of files that they do not say themselves.
 *
 * @param format format of every file; null: told from each file's name and first line
 * @param symbol symbol of ticks that do not name theirs; null: told from the path
 * @param zone zone of files with local times; null: the broker's
 */
public record TickFileOptions(
        @Nullable TickFormat format, @Nullable String symbol, @Nullable ZoneId zone) {

    /** Everything is told from the files. */
    public static final TickFileOptions NONE = new TickFileOptions(null, null, null);
}
