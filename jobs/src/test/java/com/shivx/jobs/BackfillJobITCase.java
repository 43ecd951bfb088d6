package com.shivx.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.features.tick.Tick;
import com.shivx.jobs.files.TickFileException;
import com.shivx.jobs.options.BackfillOptions;
import com.shivx.jobs.testing.Cluster;
import com.shivx.jobs.testing.Tape;
import com.shivx.jobs.testing.WrittenVectors;
import com.shivx.jobs.wire.TickJson;
import com.shivx.local.EmbeddedFlink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backfill on a real cluster: what it writes where, and what it refuses. */
class BackfillJobITCase {

    private static EmbeddedFlink flink;

    @TempDir Path folder;

    @BeforeAll
    static void start() {
        flink = Cluster.shipped();
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
        backfill(ticks);

        WrittenVectors.inFiles(folder.resolve("out/features"))
                .assertSameAs(WrittenVectors.ofKernel(tape));
        assertThat(folder.resolve("out/features/feature_set=market-v1/event_date=2014-05-02"))
                .isDirectory();
        assertThat(lines("set-aside")).isEmpty();
        assertThat(lines("dead-letters"))
                .singleElement()
                .asString()
                .contains("\"reason\":\"NOT_JSON\"", "\"value\":\"not a tick\"");
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

    private void backfill(Path ticks) throws Exception {
        Configuration options = new Configuration();
        options.set(BackfillOptions.TICKS, List.of(ticks.toString()));
        options.set(BackfillOptions.OUTPUT, folder.resolve("out").toUri().toString());
        StreamExecutionEnvironment env = flink.environment();
        BackfillJob.build(env, options);
        env.executeAsync(BackfillJob.NAME).getJobExecutionResult().get();
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

    private List<String> lines(String kind) throws IOException {
        List<Path> files = WrittenVectors.finished(folder.resolve("out").resolve(kind), ".jsonl");
        return files.isEmpty() ? List.of() : Files.readAllLines(files.get(0));
    }
}
