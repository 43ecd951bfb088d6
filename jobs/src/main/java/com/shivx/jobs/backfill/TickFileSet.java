package com.shivx.jobs.backfill;

import com.shivx.jobs.files.TickFileException;
import com.shivx.jobs.files.TickFileOptions;
import com.shivx.jobs.files.TickFiles;
import com.shivx.jobs.files.TickFormat;
import com.shivx.jobs.files.TickTape;
import com.shivx.jobs.options.BackfillOptions;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import org.apache.flink.configuration.ReadableConfig;
import org.jspecify.annotations.Nullable;

/**
 * Which files a backfill reads and what is said of them, in a form that travels. The TaskManager
 * that reads must see the files under the same paths.
 *
 * @param paths files and folders
 * @param format name of their format, or null
 * @param symbol their symbol, or null
 * @param zone their time zone, or null
 */
record TickFileSet(
        List<String> paths, @Nullable String format, @Nullable String symbol, @Nullable String zone)
        implements Serializable {

    /** What the options name, checked as far as it can be without reading. */
    static TickFileSet of(List<String> paths, ReadableConfig options) {
        TickFileSet files =
                new TickFileSet(
                        List.copyOf(paths),
                        options.getOptional(BackfillOptions.FORMAT).orElse(null),
                        options.getOptional(BackfillOptions.SYMBOL).orElse(null),
                        options.getOptional(BackfillOptions.ZONE).orElse(null));
        files.options();
        return files;
    }

    /** Finds the files and reads them through once. */
    TickTape inspect() throws TickFileException {
        return TickFiles.find(paths.stream().map(Path::of).toList(), options())
                .inspect((file, rows, bytesRead, bytesTotal) -> {});
    }

    private TickFileOptions options() {
        return new TickFileOptions(
                format == null ? null : TickFormat.byName(format),
                symbol,
                zone == null ? null : zoneId(zone));
    }

    private static ZoneId zoneId(String zone) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "option %s is '%s', which is no time zone; write UTC, -05:00 or America/New_York"
                            .formatted(BackfillOptions.ZONE.key(), zone),
                    e);
        }
    }
}
