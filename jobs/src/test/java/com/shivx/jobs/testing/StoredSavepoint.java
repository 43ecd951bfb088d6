package com.shivx.jobs.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.testing.TestResources;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

/** A savepoint that a release has written, beside the tests and in the canonical format. */
public final class StoredSavepoint {

    private final Path folder;

    /**
     * A savepoint in {@code src/test/resources/savepoints}.
     *
     * @param name where it lies there
     */
    public StoredSavepoint(String name) {
        folder = TestResources.file("savepoints").resolve(name);
    }

    /** Whether it is missing and {@code -Dshivx.write-state=true} asks for what is. */
    public boolean isToBeWritten() {
        return Boolean.getBoolean("shivx.write-state") && !Files.exists(folder);
    }

    /** Stops a job, all of whose results are committed, and keeps its savepoint. */
    public void write(JobClient job) throws Exception {
        // Its path becomes part of the savepoint.
        Path taken =
                Path.of(
                        URI.create(
                                job.stopWithSavepoint(
                                                false,
                                                "file:///tmp/shivx-savepoint",
                                                SavepointFormatType.CANONICAL)
                                        .get()));
        Files.createDirectories(folder);
        move(taken);
        assertThat(folder).isDirectoryContaining("glob:**/_metadata");
    }

    private void move(Path taken) throws IOException {
        try (Stream<Path> files = Files.list(taken)) {
            for (Path file : files.toList()) {
                Files.move(file, folder.resolve(file.getFileName()));
            }
        }
        Files.delete(taken);
    }

    /** Flink's settings of a job that goes on from it. */
    public Configuration restoring() {
        return new Configuration()
                .set(StateRecoveryOptions.SAVEPOINT_PATH, folder.toUri().toString());
    }
}
