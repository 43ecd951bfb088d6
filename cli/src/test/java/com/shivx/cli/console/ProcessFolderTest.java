package com.shivx.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessFolderTest {

    @TempDir Path parent;

    @Test
    void goesWithEverythingInIt() throws Exception {
        Path path = Files.createDirectories(parent.resolve("shivx-process-1/a/b"));
        Files.writeString(path.resolve("c"), "text");
        ProcessFolder folder = ProcessFolder.of(parent.resolve("shivx-process-1"));

        folder.delete();
        folder.delete();

        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void deletesWhatACrashHasLeftAndNothingElse() throws Exception {
        Path crashed = abandoned("shivx-process-crashed");
        Path starting = Files.createDirectory(parent.resolve("shivx-process-starting"));
        Path foreign = abandoned("somebody-elses");
        Path file = Files.writeString(parent.resolve("shivx-process-file"), "text");
        makeOld(file);
        Path running = Files.createDirectory(parent.resolve("shivx-process-running"));
        ProcessFolder folder = ProcessFolder.of(running);
        makeOld(running);

        ProcessFolder.deleteAbandoned(parent, Files.getOwner(parent));

        assertThat(crashed).doesNotExist();
        assertThat(starting).exists();
        assertThat(foreign).exists();
        assertThat(file).exists();
        assertThat(running).exists();
        folder.delete();
    }

    private Path abandoned(String name) throws Exception {
        Path folder = Files.createDirectory(parent.resolve(name));
        Files.writeString(folder.resolve("left"), "text");
        makeOld(folder);
        return folder;
    }

    private static void makeOld(Path path) throws Exception {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofMinutes(5))));
    }
}
