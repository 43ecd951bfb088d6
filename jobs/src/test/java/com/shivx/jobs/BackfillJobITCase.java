package com.shivx.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.features.FeatureVector;
import com.shivx.features.SymbolFeatures;
import com.shivx.features.SymbolState;
import com.shivx.features.testing.RealData;
import com.shivx.features.tick.Tick;
import com.shivx.jobs.files.TickFileException;
import com.shivx.jobs.files.TickFileOptions;
import com.shivx.jobs.files.TickFiles;
import com.shivx.jobs.files.TickRow;
import com.shivx.jobs.files.TickRows;
import com.shivx.jobs.options.BackfillOptions;
import com.shivx.jobs.testing.Tape;
import com.shivx.jobs.testing.Until;
import com.shivx.jobs.wire.TickJson;
import com.shivx.local.EmbeddedFlink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Backfill on a real cluster gives the very vectors that the kernel gives, tick by tick, as live
 * does.
 */
class BackfillJobITCase {

    private static EmbeddedFlink flink;

    @TempDir Path folder;

    @BeforeAll
    static void start() {
        Path root = Path.of(System.getProperty("shivx.root", ".."));
        flink =
                EmbeddedFlink.start(
                        EmbeddedFlink.configuration(root.resolve("flink-conf")), 1, null);
    }

    @AfterAll
    static void stop() throws Exception {
        flink.close();
    }

    @Test
    void writesEachVectorOnceByEventDateAndSetsTheRestAside() throws Exception {
        List<Tick> tape = Tape.of(3, 700, 5);
        Path ticks = folder.resolve("ticks.jsonl");
        writeLines(ticks, tape, "not a tick");
        submit(ticks, "10 min").getJobExecutionResult().get();

        assertThat(writtenVectors()).isEqualTo(kernelVectors(ticks));
        assertThat(folder.resolve("out/features/event_date=2014-05-02")).isDirectory();
        assertThat(lines("set-aside")).isEmpty();
        assertThat(lines("dead-letters"))
                .singleElement()
                .asString()
                .contains("\"reason\":\"NOT_JSON\"", "\"value\":\"not a tick\"");
    }

    @Test
    void givesTheSameBitsOfRealTicksAlthoughTheTaskManagerDies() throws Exception {
        Path ticks = RealData.folder("binance-2024-08");
        JobClient job = submit(ticks, "300 ms");
        Until.holds("a first file", () -> files("features", ".avro").findAny().isPresent());
        flink.killTaskManager(0);
        flink.startTaskManager();
        job.getJobExecutionResult().get();

        Map<String, Integer> expected = kernelVectors(ticks);
        assertThat(expected).hasSizeGreaterThan(400_000);
        assertThat(writtenVectors().equals(expected)).as("the same vectors").isTrue();
    }

    @Test
    void refusesWhatCannotWorkBeforeAnythingRuns() throws Exception {
        Configuration options = new Configuration();
        assertThatThrownBy(() -> BackfillJob.build(flink.environment(), options))
                .hasMessageContaining("backfill.output is missing");
        options.set(BackfillOptions.OUTPUT, folder.toUri().toString());
        options.set(BackfillOptions.TICKS, List.of(folder.resolve("nothing").toString()));
        assertThatThrownBy(() -> BackfillJob.build(flink.environment(), options))
                .isInstanceOf(TickFileException.class)
                .hasMessageContaining("nothing");
        options.set(BackfillOptions.ZONE, "Atlantis");
        assertThatThrownBy(() -> BackfillJob.build(flink.environment(), options))
                .hasMessageContaining("backfill.zone is 'Atlantis'");
    }

    private JobClient submit(Path ticks, String checkpointInterval) throws Exception {
        Configuration options = new Configuration();
        options.set(BackfillOptions.TICKS, List.of(ticks.toString()));
        options.set(BackfillOptions.OUTPUT, folder.resolve("out").toUri().toString());
        options.setString("execution.checkpointing.interval", checkpointInterval);
        StreamExecutionEnvironment env = flink.environment();
        BackfillJob.build(env, options);
        return env.executeAsync(BackfillJob.NAME);
    }

    private static void writeLines(Path file, List<Tick> tape, String last) throws IOException {
        TickJson json = new TickJson();
        try (OutputStream out = Files.newOutputStream(file)) {
            for (Tick tick : tape) {
                out.write(json.write(tick));
                out.write('\n');
            }
            out.write(last.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Hash of the values' bits by vector id. */
    private static Map<String, Integer> kernelVectors(Path ticks) throws Exception {
        FeatureSet set = FeatureSets.byName("market-v1");
        SymbolFeatures kernel = new SymbolFeatures(set);
        Map<String, SymbolState> states = new HashMap<>();
        Map<String, Integer> vectors = new HashMap<>();
        try (TickRows rows =
                TickFiles.find(List.of(ticks), TickFileOptions.NONE)
                        .inspect((file, count, read, total) -> {})
                        .open()) {
            for (TickRow row = rows.next(); row != null; row = rows.next()) {
                Tick tick = row.tick();
                if (tick != null) {
                    SymbolState state =
                            states.computeIfAbsent(tick.symbol(), symbol -> set.newState());
                    FeatureVector vector = kernel.onTick(tick, state).vector();
                    if (vector != null) {
                        vectors.put(vector.vectorId(), Arrays.hashCode(vector.values()));
                    }
                }
            }
        }
        return vectors;
    }

    private Map<String, Integer> writtenVectors() throws IOException {
        Map<String, Integer> vectors = new HashMap<>();
        for (Path file : files("features", ".avro").toList()) {
            try (DataFileReader<GenericRecord> reader =
                    new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
                for (GenericRecord record : reader) {
                    List<?> features = (List<?>) record.get("features");
                    float[] values = new float[features.size()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = (Float) features.get(i);
                    }
                    Integer before =
                            vectors.put(
                                    record.get("vector_id").toString(), Arrays.hashCode(values));
                    assertThat(before).as("written before").isNull();
                }
            }
        }
        return vectors;
    }

    private List<String> lines(String kind) throws IOException {
        List<Path> files = files(kind, ".jsonl").toList();
        return files.isEmpty() ? List.of() : Files.readAllLines(files.get(0));
    }

    /** Finished files: those in progress begin with a dot. */
    private Stream<Path> files(String kind, String suffix) throws IOException {
        Path root = folder.resolve("out").resolve(kind);
        if (!Files.isDirectory(root)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files
                    .filter(file -> file.toString().endsWith(suffix))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList()
                    .stream();
        }
    }
}
