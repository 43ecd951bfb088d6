package com.shivx.jobs.files;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks for files of ticks. */
final class FileSearch {

    private static final Pattern TEXT_ABOUT_DATA =
            Pattern.compile("(?i)(readme|licen[cs]e|copying|notice)([._-].*)?");
    private static final Pattern BARS_FOLDER = Pattern.compile(".*-minute-bars");

    private final FormatDetection detection;
    private final boolean formatIsGiven;

    /** By real path, so that a file found twice is one, and links change no order. */
    private final TreeMap<Path, TickFile> files = new TreeMap<>();

    private final TreeMap<Path, SkippedFile> skipped = new TreeMap<>();

    FileSearch(TickFileOptions options) {
        detection = new FormatDetection(options);
        formatIsGiven = options.format() != null;
    }

    Collection<TickFile> files() {
        return files.values();
    }

    Collection<SkippedFile> skipped() {
        return skipped.values();
    }

    /** Adds a file, or what is found in a folder. */
    void add(Path path) throws TickFileException {
        try {
            boolean found =
                    Files.isDirectory(path)
                            ? addFolder(path, path, new HashSet<>())
                            // Named by itself and by its format: its name says nothing against it.
                            : addFile(path, String.valueOf(path.getFileName()), formatIsGiven);
            if (!found) {
                throw new TickFileException(
                        path,
                        "holds no ticks: name files or folders of ticks ("
                                + TickFormat.names()
                                + ")");
            }
        } catch (IOException e) {
            throw TickFileException.of(path, e);
        }
    }

    private boolean addFolder(Path folder, Path root, Set<Path> visited) throws IOException {
        boolean found = false;
        // A link may lead back up.
        if (visited.add(folder.toRealPath())) {
            for (Path child : children(folder)) {
                if (!Files.isDirectory(child)) {
                    String name =
                            root.relativize(child).toString().replace(File.separatorChar, '/');
                    found |= addFile(child, name, false);
                } else if (!isHidden(child)) {
                    found |= addFolder(child, root, visited);
                }
            }
        }
        return found;
    }

    private static List<Path> children(Path folder) throws TickFileException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.sorted().toList();
        } catch (IOException e) {
            throw TickFileException.of(folder, e);
        }
    }

    private boolean addFile(Path path, String name, boolean trusted) throws IOException {
        String reason = trusted ? null : reasonToSkip(path);
        if (reason == null) {
            TickFile file = detection.detect(path, name);
            files.putIfAbsent(path.toRealPath(), file);
            return true;
        }
        skipped.put(path.toRealPath(), new SkippedFile(path, reason));
        return false;
    }

    private static @Nullable String reasonToSkip(Path path) {
        Path folder = path.toAbsolutePath().normalize().getParent();
        if (folder != null && BARS_FOLDER.matcher(String.valueOf(folder.getFileName())).matches()) {
            return "a broker's bars";
        }
        if (isHidden(path)) {
            return "hidden";
        }
        return TEXT_ABOUT_DATA.matcher(String.valueOf(path.getFileName())).matches()
                ? "text about the data"
                : null;
    }

    private static boolean isHidden(Path path) {
        return String.valueOf(path.getFileName()).startsWith(".");
    }
}
