package com.shivx.cli.log;

import com.shivx.jobs.log.LogFolder;
import com.shivx.jobs.log.LogKind;
import com.shivx.jobs.log.LogSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.Path;

/**
 * What lies in a log.
 *
 * @param log its folder
 * @param summaries what can be read, by kind and feature set
 * @param unfinished files that are being written or wait to be merged
 * @param strays files that no job puts there
 */
public record LogContent(
        Path log, List<LogSummary> summaries, List<Path> unfinished, List<Path> strays) {

    /** Reads a whole log. */
    public static LogContent of(Path log, LogSummary.Progress progress) throws IOException {
        LogContent content =
                new LogContent(log, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (LogKind kind : LogKind.values()) {
            LogFolder folder = LogFolder.list(log, kind);
            content.summaries.addAll(LogSummary.of(folder, kind, progress));
            content.unfinished.addAll(folder.unfinished());
            content.strays.addAll(folder.strays());
        }
        return content;
    }

    /** Whether every file could be read to its end. */
    public boolean isSound() {
        return problems().isEmpty();
    }

    /** A line for each file that could not. */
    public List<String> problems() {
        return summaries.stream().flatMap(summary -> summary.problems().stream()).toList();
    }
}
