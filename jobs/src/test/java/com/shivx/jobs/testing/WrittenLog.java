package com.shivx.jobs.testing;

import com.shivx.jobs.log.LogEntry;
import com.shivx.jobs.log.LogFiles;
import com.shivx.jobs.log.LogKind;
import com.shivx.jobs.log.LogRecords;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.BulkWriter;

/** A log written by hand, with files of any name. */
public final class WrittenLog {

    private final Path log;

    /** A log in a folder. */
    public WrittenLog(Path log) {
        this.log = log;
    }

    /** Where it lies. */
    public org.apache.flink.core.fs.Path path() {
        return new org.apache.flink.core.fs.Path(log.toUri());
    }

    /** Puts records where they belong, into a file of that name in each partition. */
    public <T> void write(LogKind kind, LogRecords<T> records, String name, List<T> all)
            throws IOException {
        Map<String, BulkWriter<LogEntry>> files = new HashMap<>();
        Map<String, OutputStream> streams = new HashMap<>();
        for (T record : all) {
            LogEntry entry = records.toEntry(record);
            if (!files.containsKey(entry.partition())) {
                Path folder = log.resolve(kind.folder()).resolve(entry.partition());
                Files.createDirectories(folder);
                OutputStream out = Files.newOutputStream(folder.resolve(name));
                streams.put(entry.partition(), out);
                files.put(entry.partition(), LogFiles.writer(kind, out));
            }
            files.get(entry.partition()).addElement(entry);
        }
        for (BulkWriter<LogEntry> file : files.values()) {
            file.finish();
        }
        for (OutputStream stream : streams.values()) {
            stream.close();
        }
    }

    /** The only file of that name. */
    public Path find(String name) throws IOException {
        try (var files = Files.walk(log)) {
            return files.filter(file -> file.getFileName().toString().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
