package com.shivx.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.testing.RealData;
import com.shivx.features.tick.Tick;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.BackfillOptions;
import com.shivx.jobs.testing.Cluster;
import com.shivx.jobs.testing.KafkaProbe;
import com.shivx.jobs.testing.Scoring;
import com.shivx.jobs.testing.Tape;
import com.shivx.jobs.testing.Until;
import com.shivx.jobs.testing.WrittenVectors;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Of real ticks, the scoring job's topic {@code features}, a backfill of the files and a backfill
 * of the topic {@code ticks} hold the same vectors to the bit, although a TaskManager dies in each.
 */
class LiveAndBackfillITCase {

    private static EmbeddedKafka kafka;
    private static EmbeddedFlink flink;
    private static KafkaProbe probe;
    private static int taskManager;

    @TempDir Path folder;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start();
        probe = new KafkaProbe(kafka.bootstrapServers());
        flink = Cluster.shipped();
    }

    @AfterAll
    static void stop() throws Exception {
        flink.close();
        probe.close();
        kafka.close();
    }

    /**
     * Quotes without sequence and without sizes, of two brokers whose days begin at other hours.
     */
    @Test
    void giveTheSameVectorsOfTheBusiestDayOfTwoBrokers() throws Exception {
        Path data = RealData.folder("eurusd-2014-05");
        String day = busiestDay(data);
        assertSameVectors(
                "brokers",
                Stream.of("fxcm-ticks", "oanda-ticks")
                        .map(broker -> data.resolve(broker).resolve(day))
                        .filter(Files::exists)
                        .toList());
    }

    /** All days of both brokers, which take minutes and more memory than is usual for tests. */
    @Test
    @EnabledIfSystemProperty(named = "shivx.long-tests", matches = "true")
    void giveTheSameVectorsOfEveryDayOfTwoBrokers() throws Exception {
        assertSameVectors("brokers-all", List.of(RealData.folder("eurusd-2014-05")));
    }

    /** Trades and quotes of six instruments, some on the clock of reception. */
    @Test
    void giveTheSameVectorsOfBinance() throws Exception {
        assertSameVectors("binance", List.of(RealData.folder("binance-2024-08")));
    }

    private void assertSameVectors(String name, List<Path> files) throws Exception {
        List<Tick> tape = Tape.ofFiles(files);
        WrittenVectors expected = WrittenVectors.ofKernel(tape);
        assertThat(expected.count()).isGreaterThan(200_000);

        Scoring run = new Scoring(probe, kafka.bootstrapServers(), name);
        scoreAlthoughTheTaskManagerDies(run, tape);
        WrittenVectors live = WrittenVectors.inTopic(probe, run.topic(Topic.FEATURES));
        live.assertSameAs(expected);

        Configuration ofFiles = new Configuration();
        ofFiles.set(BackfillOptions.TICKS, files.stream().map(Path::toString).toList());
        backfillAlthoughTheTaskManagerDies(ofFiles).assertSameAs(live);
        backfillAlthoughTheTaskManagerDies(run.options()).assertSameAs(live);
    }

    private static void scoreAlthoughTheTaskManagerDies(Scoring run, List<Tick> tape)
            throws Exception {
        StreamExecutionEnvironment env = flink.environment();
        ScoringJob.build(env, run.options());
        JobClient job = env.executeAsync(ScoringJob.NAME);
        int half = tape.size() / 2;
        run.send(tape.subList(0, half));
        Until.holds("a committed vector", () -> probe.count(run.topic(Topic.FEATURES)) > 0);
        killTaskManager();
        run.send(tape.subList(half, tape.size()));
        Until.holds("every tick answered", () -> run.answered() >= tape.size());
        job.cancel().get();
    }

    private WrittenVectors backfillAlthoughTheTaskManagerDies(Configuration ends) throws Exception {
        Path output = Files.createTempDirectory(folder, "backfill-");
        Configuration options = new Configuration(ends);
        options.set(BackfillOptions.OUTPUT, output.toUri().toString());
        options.setString("execution.checkpointing.interval", "200 ms");
        options.setString("execution.checkpointing.min-pause", "0 ms");
        StreamExecutionEnvironment env = flink.environment();
        BackfillJob.build(env, options);
        JobClient job = env.executeAsync(BackfillJob.NAME);
        Until.holds(
                "a first file",
                () -> !WrittenVectors.finished(output.resolve("features"), ".avro").isEmpty());
        killTaskManager();
        job.getJobExecutionResult().get();
        assertThat(Cluster.restarted(flink, job)).as("killed before it was through").isTrue();
        return WrittenVectors.inFiles(output.resolve("features"));
    }

    private static void killTaskManager() throws Exception {
        flink.killTaskManager(taskManager);
        taskManager = flink.startTaskManager();
    }

    /** Name of the largest file of FXCM. */
    private static String busiestDay(Path data) throws IOException {
        try (Stream<Path> days = Files.list(data.resolve("fxcm-ticks"))) {
            return days.max(Comparator.comparingLong(LiveAndBackfillITCase::size))
                    .orElseThrow()
                    .getFileName()
                    .toString();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
