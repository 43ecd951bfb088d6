package com.shivx.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.tick.Tick;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.options.FeatureOptions.StateAccess;
import com.shivx.jobs.options.IngestOptions;
import com.shivx.jobs.testing.Cluster;
import com.shivx.jobs.testing.KafkaProbe;
import com.shivx.jobs.testing.Scoring;
import com.shivx.jobs.testing.StoredSymbols;
import com.shivx.jobs.testing.Tape;
import com.shivx.jobs.testing.Until;
import com.shivx.jobs.testing.WrittenVectors;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whether state is cached or not, the vectors are the same to the bit and so is every symbol's
 * entry in a savepoint, although the TaskManager dies and the parallelism changes.
 *
 * <p>Ticks, cache limits and the moments of death are drawn from a seed, which is printed; {@code
 * -Dshivx.seed=N} draws the same again.
 */
class StateAccessITCase {

    private static final int SYMBOLS = 2_000;
    private static final int TICKS_A_STAGE = 5_000;

    /** Two jobs, three subtasks each at most. */
    private static final int SLOTS = 6;

    private static EmbeddedKafka kafka;
    private static EmbeddedFlink flink;
    private static KafkaProbe probe;
    private static int taskManager;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start();
        probe = new KafkaProbe(kafka.bootstrapServers());
        Configuration configuration = Cluster.shippedConfiguration();
        configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, SLOTS);
        flink = EmbeddedFlink.start(configuration, 1, null);
    }

    @AfterAll
    static void stop() {
        flink.close();
        probe.close();
        kafka.close();
    }

    @Test
    void doesNotShowInVectorsNorInSavepoints() throws Exception {
        long seed = Long.getLong("shivx.seed", new Random().nextInt(1_000_000));
        System.out.println("StateAccessITCase: -Dshivx.seed=" + seed);
        Random random = new Random(seed);
        int[] stages = {1, 2, 3, 1};
        List<Tick> tape = Tape.erratic(SYMBOLS, stages.length * TICKS_A_STAGE, random);
        List<Run> runs =
                List.of(new Run(StateAccess.DIRECT, null), new Run(StateAccess.CACHED, random));
        for (int stage = 0; stage < stages.length; stage++) {
            int from = stage * TICKS_A_STAGE;
            int to = from + TICKS_A_STAGE;
            for (Run run : runs) {
                run.submit(stages[stage]);
            }
            scoreAlthoughTheTaskManagerDies(runs, tape.subList(from, to), random);
            stopAll(runs);
            Map<String, String> expected = StoredSymbols.ofKernel(tape.subList(0, to));
            for (Run run : runs) {
                assertSame(
                        StoredSymbols.in(flink, run.savepoint),
                        expected,
                        "%s after stage %d, seed %d".formatted(run.name, stage, seed));
            }
        }
        WrittenVectors expected = WrittenVectors.ofKernel(tape);
        assertThat(expected.count()).isBetween(tape.size() / 2, tape.size() - 1);
        for (Run run : runs) {
            WrittenVectors.inTopic(probe, run.scoring.topic(Topic.FEATURES)).assertSameAs(expected);
            assertThat(probe.committed(run.scoring.topic(Topic.SET_ASIDE)))
                    .as("set aside by %s, seed %d", run.name, seed)
                    .hasSize(tape.size() - expected.count());
        }
    }

    /** Some ticks are committed, some read and some on their way when it dies. */
    private static void scoreAlthoughTheTaskManagerDies(
            List<Run> runs, List<Tick> ticks, Random random) throws Exception {
        int[] cuts =
                IntStream.generate(() -> random.nextInt(ticks.size())).limit(2).sorted().toArray();
        int committed = random.nextInt(1 + cuts[0]);
        Run watched = runs.get(random.nextInt(runs.size()));
        long before = watched.scoring.answered();
        runs.forEach(run -> run.scoring.send(ticks.subList(0, cuts[0])));
        Until.holds("some of it", () -> watched.scoring.answered() >= before + committed);
        runs.forEach(run -> run.scoring.send(ticks.subList(cuts[0], cuts[1])));
        flink.killTaskManager(taskManager);
        taskManager = flink.startTaskManager();
        runs.forEach(run -> run.scoring.send(ticks.subList(cuts[1], ticks.size())));
        for (Run run : runs) {
            Until.holds(
                    "every tick answered", () -> run.scoring.answered() >= before + ticks.size());
            assertThat(Cluster.restarted(flink, run.job))
                    .as("killed before it was through")
                    .isTrue();
        }
    }

    /** All at once: each waits for its last transactions. */
    private static void stopAll(List<Run> runs) throws Exception {
        List<CompletableFuture<String>> savepoints = new ArrayList<>();
        for (Run run : runs) {
            savepoints.add(run.job.stopWithSavepoint(false, null, SavepointFormatType.CANONICAL));
        }
        for (int i = 0; i < runs.size(); i++) {
            runs.get(i).savepoint = savepoints.get(i).get();
        }
    }

    private static void assertSame(
            Map<String, String> stored, Map<String, String> expected, String where) {
        assertThat(stored.keySet()).as("symbols of %s", where).isEqualTo(expected.keySet());
        assertThat(
                        expected.keySet().stream()
                                .filter(symbol -> !expected.get(symbol).equals(stored.get(symbol)))
                                .limit(3)
                                .map(
                                        symbol ->
                                                "%n%s is %s%nnot %s"
                                                        .formatted(
                                                                symbol,
                                                                stored.get(symbol),
                                                                expected.get(symbol))))
                .as("entries of %s that differ", where)
                .isEmpty();
    }

    /** A job with topics of its own, stopped and started again. */
    private static final class Run {

        private final String name;
        private final Scoring scoring;
        private final @Nullable Random limits;
        private JobClient job;
        private String savepoint;

        /**
         * @param limits of the cache, drawn anew for each start; null without one
         */
        Run(StateAccess access, @Nullable Random limits) throws Exception {
            name = access.name().toLowerCase(Locale.ROOT);
            scoring = new Scoring(probe, kafka.bootstrapServers(), name);
            scoring.options().set(FeatureOptions.STATE_ACCESS, access);
            // A death then finds committed work and work that is not.
            scoring.options().setString("execution.checkpointing.interval", "500 ms");
            scoring.options().setString("execution.checkpointing.min-pause", "0 ms");
            // Else a partition that has ended holds the others back until it counts as idle.
            scoring.options().set(IngestOptions.ALIGNMENT_MAX_DRIFT, Duration.ZERO);
            this.limits = limits;
        }

        void submit(int parallelism) throws Exception {
            if (limits != null) {
                int entries = 1 + limits.nextInt(100);
                scoring.options().set(FeatureOptions.CACHE_MAX_ENTRIES, entries);
                scoring.options().set(FeatureOptions.CACHE_MAX_DIRTY, 1 + limits.nextInt(entries));
                scoring.options()
                        .set(
                                FeatureOptions.CACHE_MAX_SIZE,
                                MemorySize.ofMebiBytes(1).divide(1 + limits.nextInt(16)));
            }
            Configuration restore = new Configuration();
            restore.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
            if (savepoint != null) {
                restore.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
            }
            StreamExecutionEnvironment env = flink.environment(restore);
            ScoringJob.build(env, scoring.options());
            job = env.executeAsync(ScoringJob.NAME);
        }
    }
}
