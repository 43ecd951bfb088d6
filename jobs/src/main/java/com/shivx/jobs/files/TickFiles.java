package com.shivx.jobs.files;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * Files of ticks, found in files and folders. Their order is that of their paths, whatever the
 * order in which they were given, and a file given twice is read once.
 *
 * <pre>
 * TickFiles.find(paths, options) → inspect(progress) → TickTape.open() → TickRow …
 * </pre>
 */
public final class TickFiles {

    private final List<TickFile> files;
    private final List<SkippedFile> skipped;

    private TickFiles(Collection<TickFile> files, Collection<SkippedFile> skipped) {
        this.files = List.copyOf(files);
        this.skipped = List.copyOf(skipped);
    }

    /**
     * Finds files of ticks and their formats.
     *
     * @param paths files, and folders that are searched with their subfolders
     * @throws TickFileException where a path does not exist, a folder holds no ticks, or a file is
     *     of no known format
     */
    public static TickFiles find(List<Path> paths, TickFileOptions options)
            throws TickFileException {
        FileSearch search = new FileSearch(options);
        for (Path path : paths) {
            search.add(path);
        }
        return new TickFiles(search.files(), search.skipped());
    }

    /** The files, in the order in which equal times are read. */
    public List<TickFile> files() {
        return files;
    }

    /** Files that hold no ticks, by name. */
    public List<SkippedFile> skipped() {
        return skipped;
    }

    /**
     * Reads all files through once, to find what is wrong with them before anything is sent, and
     * the clock of each symbol. Memory grows with the number of symbols, and of those without
     * sequence in each file.
     */
    public TickTape inspect(InspectionProgress progress) throws TickFileException {
        return new Inspection(files, progress).run();
    }
}
