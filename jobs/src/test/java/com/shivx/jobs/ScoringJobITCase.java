package com.shivx.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.tick.Tick;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.testing.Cluster;
import com.shivx.jobs.testing.KafkaProbe;
import com.shivx.jobs.testing.Scoring;
import com.shivx.jobs.testing.Tape;
import com.shivx.jobs.testing.Until;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole job on a real broker and a real cluster, as the shipped configuration has it. */
class ScoringJobITCase {

    private static EmbeddedKafka kafka;
    private static EmbeddedFlink flink;
    private static KafkaProbe probe;
    private static int taskManager;

    @BeforeAll
    static void start() {
        // Retention is enforced at once and then ten times a second, not after minutes.
        kafka =
                EmbeddedKafka.start(
                        0,
                        null,
                        Map.of(
                                "log.initial.task.delay.ms",
                                "0",
                                "log.retention.check.interval.ms",
                                "100"));
        probe = new KafkaProbe(kafka.bootstrapServers());
        flink = Cluster.shippedHighlyAvailable();
    }

    @AfterAll
    static void stop() throws Exception {
        flink.close();
        probe.close();
        kafka.close();
    }

    @Test
    void predictsEveryReadyVectorOnceAlthoughTheTaskManagerDiesThreeTimesAndTheJobManager()
            throws Exception {
        List<Tick> tape = Tape.of(6, 1_500, 1);
        Map<String, String> expected = Scoring.offline(tape);
        Scoring run = scoring("killed");
        JobClient job = submit(run.options(), new Configuration());

        int rounds = 5;
        for (int round = 0; round < rounds; round++) {
            run.send(
                    tape.subList(round * tape.size() / rounds, (round + 1) * tape.size() / rounds));
            if (round == rounds - 1) {
                break;
            }
            int atLeast = round * tape.size() / rounds + 1;
            Until.holds("a committed vector of this round", () -> vectors(run) >= atLeast);
            if (round < 3) {
                flink.killTaskManager(taskManager);
                taskManager = flink.startTaskManager();
            } else {
                assertThat(Cluster.restarted(flink, job)).isTrue();
                flink.killJobManager(job.getJobID());
            }
        }
        Until.holds("every prediction committed", () -> run.committed() >= expected.size());
        assertThat(Cluster.restored(flink, job)).isTrue();
        job.cancel().get();

        assertThat(run.predictions()).isEqualTo(expected);
        assertThat(vectors(run)).isEqualTo(tape.size());
    }

    @Test
    void goesOnFromASavepointAsIfNeverStopped() throws Exception {
        List<Tick> tape = Tape.of(3, 1_200, 2);
        Map<String, String> expected = Scoring.offline(tape);
        Scoring run = scoring("stopped");
        int half = tape.size() / 2 + 1;

        JobClient first = submit(run.options(), new Configuration());
        run.send(tape.subList(0, half));
        Until.holds("a committed prediction", () -> run.committed() > 0);
        String savepoint =
                first.stopWithSavepoint(false, null, SavepointFormatType.CANONICAL).get();

        run.send(tape.subList(half, tape.size()));
        Configuration restore = new Configuration();
        restore.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        JobClient second = submit(run.options(), restore);
        Until.holds("every prediction committed", () -> run.committed() >= expected.size());
        second.cancel().get();

        assertThat(run.predictions()).isEqualTo(expected);
    }

    @Test
    void goesOnWhenAnotherJobOnItsTaskManagerEnds() throws Exception {
        List<Tick> tape = Tape.of(3, 1_200, 5);
        Map<String, String> expected = Scoring.offline(tape);
        Scoring ends = scoring("ends");
        Scoring stays = scoring("stays");
        JobClient ending = submit(ends.options(), new Configuration());
        JobClient staying = submit(stays.options(), new Configuration());
        int most = tape.size() * 3 / 4;
        List<Tick> before = tape.subList(0, most);
        int predictions = Scoring.offline(before).size();
        ends.send(before);
        stays.send(before);
        Until.holds("the one's predictions", () -> ends.committed() >= predictions);
        Until.holds("the other's predictions", () -> stays.committed() >= predictions);

        int free = Cluster.freeSlots(flink);
        ending.cancel().get();
        Until.holds("the slots of the one free", () -> Cluster.freeSlots(flink) > free);
        stays.send(tape.subList(most, tape.size()));
        Until.holds("every prediction committed", () -> stays.committed() >= expected.size());

        assertThat(Cluster.restarted(flink, staying)).isFalse();
        staying.cancel().get();
        assertThat(stays.predictions()).isEqualTo(expected);
    }

    @Test
    void keepsPredictionsOfOldTicksThroughARetentionSweep() throws Exception {
        List<Tick> tape = Tape.of(1, 700, 4);
        Map<String, String> expected = Scoring.offline(tape);
        Scoring run = scoring("swept");
        JobClient job = submit(run.options(), new Configuration());
        run.send(tape);
        Until.holds("every prediction committed", () -> run.committed() >= expected.size());
        job.cancel().get();

        // Records stamped with the ticks' own time are gone with the next sweep; that it came is
        // seen by them.
        Scoring stamped = scoring("stamped");
        probe.sendAt(
                stamped.topic(Topic.PREDICTIONS),
                tape.get(0).eventTimeMicros() / 1_000,
                new byte[] {1});
        Until.holds("a sweep", () -> probe.committed(stamped.topic(Topic.PREDICTIONS)).isEmpty());
        assertThat(run.predictions()).isEqualTo(expected);
    }

    private static long vectors(Scoring run) {
        return probe.count(run.topic(Topic.FEATURES));
    }

    private static Scoring scoring(String name) throws Exception {
        return new Scoring(probe, kafka.bootstrapServers(), name);
    }

    private static JobClient submit(Configuration options, Configuration flinks) throws Exception {
        StreamExecutionEnvironment env = flink.environment(flinks);
        ScoringJob.build(env, options);
        return env.executeAsync(ScoringJob.NAME);
    }
}
