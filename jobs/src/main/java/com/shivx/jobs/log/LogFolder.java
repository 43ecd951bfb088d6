package com.shivx.jobs.log;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * What lies in one kind's folder of a log.
 *
 * @param finished files for readers: by group, date and name
 * @param unfinished files that are being written, are not committed, or wait to be merged; and what
 *     a job that never came back has left
 * @param strays files that no job of ours puts there
 */
public record LogFolder(List<LogFile> finished, List<Path> unfinished, List<Path> strays) {

    /** A folder whose files are renamed faster than they are listed is none of a log's. */
    private static final int MOST_LOOKS = 100;

    /**
     * As of now; nothing of a kind that has not been logged yet.
     *
     * @throws LogFileException if there is no log at all
     */
    public static LogFolder list(Path log, LogKind kind) throws IOException {
        FileSystem files = log.getFileSystem();
        if (!exists(files, log)) {
            throw new LogFileException(
                    log, "there is no such folder; name the one that the log job writes to");
        }
        LogFolder folder = new LogFolder(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Path root = new Path(log, kind.folder());
        if (exists(files, root)) {
            folder.addAll(files, root, "");
        }
        folder.finished.sort(
                Comparator.comparing(LogFile::group)
                        .thenComparing(LogFile::date)
                        .thenComparing(file -> file.path().toString()));
        return folder;
    }

    private void addAll(FileSystem files, Path folder, String group) throws IOException {
        Optional<LocalDate> date = EventDate.of(folder.getName());
        for (FileStatus child : children(files, folder)) {
            Path path = child.getPath();
            String name = path.getName();
            if (name.startsWith(".") || name.startsWith("_")) {
                unfinished.add(path);
            } else if (child.isDir()) {
                addAll(files, path, EventDate.of(name).isPresent() ? group : inner(group, name));
            } else if (date.isPresent() && name.endsWith(LogFiles.SUFFIX)) {
                finished.add(new LogFile(path, group, date.get(), child.getLen()));
            } else {
                strays.add(path);
            }
        }
    }

    private static String inner(String group, String name) {
        return group.isEmpty() ? name : group + "/" + name;
    }

    /** In order of their names, whatever the file system has. */
    private static FileStatus[] children(FileSystem files, Path folder) throws IOException {
        FileStatus[] children = listed(files, folder);
        Arrays.sort(children, Comparator.comparing(child -> child.getPath().getName()));
        return children;
    }

    /** A local file system asks names one by one, and the log job may have renamed one by then. */
    private static FileStatus[] listed(FileSystem files, Path folder) throws IOException {
        for (int look = 1; ; look++) {
            try {
                FileStatus[] children = files.listStatus(folder);
                return children == null ? new FileStatus[0] : children;
            } catch (FileNotFoundException e) {
                if (look == MOST_LOOKS) {
                    throw e;
                }
            }
        }
    }

    private static boolean exists(FileSystem files, Path path) throws IOException {
        try {
            return files.exists(path);
        } catch (FileNotFoundException e) {
            return false;
        }
    }
}
