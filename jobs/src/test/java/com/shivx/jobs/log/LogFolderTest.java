package com.shivx.jobs.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFolderTest {

    private static final int FILES = 20;

    @TempDir Path log;

    /** As the log job does whenever it commits. */
    @Test
    void isListedWhileItsFilesAreRenamed() throws Exception {
        Path folder = log.resolve("outcomes").resolve("event_date=2014-05-02");
        Files.createDirectories(folder);
        for (int i = 0; i < FILES; i++) {
            Files.createFile(folder.resolve(unfinished(i)));
        }
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Void> renaming =
                CompletableFuture.runAsync(() -> renameUntil(ended, folder));
        try {
            for (int i = 0; i < 300; i++) {
                LogFolder found =
                        LogFolder.list(
                                new org.apache.flink.core.fs.Path(log.toUri()), LogKind.OUTCOMES);
                // One that is renamed meanwhile is seen under either name, both or none.
                assertThat(found.finished().size() + found.unfinished().size()).isPositive();
            }
        } finally {
            ended.set(true);
            renaming.get(1, TimeUnit.MINUTES);
        }
        assertThat(
                        LogFolder.list(
                                        new org.apache.flink.core.fs.Path(log.toUri()),
                                        LogKind.OUTCOMES)
                                .unfinished())
                .hasSize(FILES);
    }

    private static void renameUntil(AtomicBoolean ended, Path folder) {
        try {
            for (int i = 0; !ended.get(); i = (i + 1) % FILES) {
                Path unfinished = folder.resolve(unfinished(i));
                Path finished = folder.resolve("part-%d.avro".formatted(i));
                Files.move(unfinished, finished);
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
                Files.move(finished, unfinished);
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String unfinished(int i) {
        return ".part-%d.avro.inprogress".formatted(i);
    }
}
