package com.shivx.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.util.FileUtils;

/** Where a story's registry and models lie while it is told; all of it goes with the demo. */
record StoryFolder(Path path) implements AutoCloseable {

    /** Both are there from the beginning: jobs look whether a folder they shall allow is one. */
    static StoryFolder create() throws IOException {
        StoryFolder folder = new StoryFolder(Files.createTempDirectory("shivx-story-"));
        Files.createDirectories(folder.registry());
        Files.createDirectories(folder.models());
        return folder;
    }

    Path registry() {
        return path.resolve("registry");
    }

    Path models() {
        return path.resolve("models");
    }

    @Override
    public void close() throws IOException {
        FileUtils.deleteDirectory(path.toFile());
    }
}
