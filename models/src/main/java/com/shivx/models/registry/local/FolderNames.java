package com.shivx.models.registry.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The names in a folder. */
final class FolderNames {

    private FolderNames() {}

    /** Sorted; none of a folder that is not there. */
    static List<String> in(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw LocalHome.unreadable(folder, e);
        }
    }
}
