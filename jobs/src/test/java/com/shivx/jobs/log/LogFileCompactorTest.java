package com.shivx.jobs.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.FeatureVector;
import com.shivx.jobs.testing.LogRun;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileCompactorTest {

    @TempDir Path folder;

    /** Of several blocks, of one row, and of one block. */
    @Test
    void keepsEveryRowOfEveryFileInTheirOrder() throws Exception {
        List<FeatureVector> vectors = LogRun.vectors(3_000, 1);
        List<org.apache.flink.core.fs.Path> files =
                List.of(
                        written("a.avro", vectors.subList(0, 2_500)),
                        written("b.avro", vectors.subList(2_500, 2_501)),
                        written("c.avro", vectors.subList(2_501, 3_000)));
        Path merged = folder.resolve("merged.avro");
        try (OutputStream out = Files.newOutputStream(merged)) {
            new LogFileCompactor(LogKind.FEATURES).compact(files, out);
        }

        List<FeatureVector> read = new ArrayList<>();
        org.apache.flink.core.fs.Path path = new org.apache.flink.core.fs.Path(merged.toUri());
        try (LogFileRows<FeatureVector> rows =
                LogFileRows.open(path, new LoggedVectors().codec())) {
            for (FeatureVector row = rows.next(); row != null; row = rows.next()) {
                read.add(row);
            }
        }
        assertThat(LogRun.texts(new LoggedVectors(), read))
                .isEqualTo(LogRun.texts(new LoggedVectors(), vectors));
        try (LogFileRows<FeatureVector> rows =
                LogFileRows.open(path, new LoggedVectors().codec())) {
            assertThat(rows.countRest()).isEqualTo(3_000);
        }
    }

    private org.apache.flink.core.fs.Path written(String name, List<FeatureVector> vectors)
            throws Exception {
        Path file = folder.resolve(name);
        LoggedVectors records = new LoggedVectors();
        try (OutputStream out = Files.newOutputStream(file)) {
            LogFileWriter writer = new LogFileWriter(records.codec().schema(), out);
            for (FeatureVector vector : vectors) {
                writer.addElement(records.toEntry(vector));
            }
            writer.finish();
        }
        return new org.apache.flink.core.fs.Path(file.toUri());
    }
}
