package com.shivx.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.label.Direction;
import com.shivx.features.testing.RealData;
import com.shivx.features.tick.Tick;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.IngestOptions;
import com.shivx.jobs.options.OutcomeOptions;
import com.shivx.jobs.testing.AccuracyRun;
import com.shivx.jobs.testing.Cluster;
import com.shivx.jobs.testing.KafkaProbe;
import com.shivx.jobs.testing.ReplayedOutcomes;
import com.shivx.jobs.testing.Scoring;
import com.shivx.jobs.testing.Tape;
import com.shivx.jobs.testing.Until;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import com.shivx.models.Action;
import com.shivx.models.Prediction;
import com.shivx.models.Role;
import com.shivx.models.outcome.ExternalLabel;
import com.shivx.models.outcome.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole job on a real broker and a real cluster, as the shipped configuration has it. */
class AccuracyJobITCase {

    private static EmbeddedKafka kafka;
    private static EmbeddedFlink flink;
    private static KafkaProbe probe;
    private static int taskManager;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(0, null, Map.of());
        probe = new KafkaProbe(kafka.bootstrapServers());
        Path root = Path.of(System.getProperty("shivx.root", ".."));
        flink =
                EmbeddedFlink.startHighlyAvailable(
                        EmbeddedFlink.configuration(root.resolve("flink-conf")), 1, null);
    }

    @AfterAll
    static void stop() throws Exception {
        flink.close();
        probe.close();
        kafka.close();
    }

    /** Eleven minutes of trades and quotes of six instruments. */
    @Test
    void outcomesOfRealTicksAreTheDefinitionsAlthoughTheTaskManagerDies() throws Exception {
        List<Tick> tape = Tape.ofFiles(List.of(RealData.folder("binance-2024-08")));
        assertOutcomesAreTheDefinitions(
                "real",
                tape,
                Scoring.predictionsOf(tape),
                new Loss(Death.OF_TASK_MANAGER, 1 / 2.0));
    }

    @Test
    void outcomesOfErraticTicksAreTheDefinitionsAlthoughTheTaskManagerDiesTwiceAndTheJobManager()
            throws Exception {
        List<Tick> tape = Tape.of(6, 2_000, 9);
        List<Prediction> predictions = new ArrayList<>();
        for (Prediction prediction : Scoring.predictionsOf(tape)) {
            predictions.add(prediction);
            predictions.add(challengerOf(prediction));
        }
        assertOutcomesAreTheDefinitions(
                "erratic",
                tape,
                predictions,
                new Loss(Death.OF_TASK_MANAGER, 1 / 3.0),
                new Loss(Death.OF_TASK_MANAGER, 2 / 3.0),
                new Loss(Death.OF_JOB_MANAGER, 5 / 6.0));
    }

    /** Whose death it is. */
    private enum Death {
        OF_TASK_MANAGER,
        OF_JOB_MANAGER
    }

    /** What happens when so much of all has been sent. */
    private record Loss(Death death, double share) {}

    private static void assertOutcomesAreTheDefinitions(
            String name, List<Tick> tape, List<Prediction> predictions, Loss... losses)
            throws Exception {
        List<Tick> whole = new ArrayList<>(tape);
        whole.addAll(AccuracyRun.later(tape, Duration.ofMinutes(30)));
        whole.addAll(AccuracyRun.later(tape, Duration.ofHours(3)));
        ReplayedOutcomes expected =
                new ReplayedOutcomes(whole, predictions, AccuracyRun.horizonsMicros());

        Scoring run = new Scoring(probe, kafka.bootstrapServers(), name);
        AccuracyRun accuracy = new AccuracyRun(probe, run);
        JobClient job = submit(run.options());
        double sent = 0;
        for (int i = 0; i < losses.length; i++) {
            run.send(part(whole, sent, losses[i].share()));
            accuracy.send(part(predictions, sent, losses[i].share()));
            sent = losses[i].share();
            int before = i;
            Until.holds(
                    "committed outcomes of round " + i,
                    () -> probe.count(run.topic(Topic.OUTCOMES)) > before * 1_000);
            switch (losses[i].death()) {
                case OF_TASK_MANAGER -> {
                    flink.killTaskManager(taskManager);
                    taskManager = flink.startTaskManager();
                }
                case OF_JOB_MANAGER -> flink.killJobManager(job.getJobID());
            }
        }
        run.send(part(whole, sent, 1));
        accuracy.send(part(predictions, sent, 1));
        accuracy.sendLatePredictions(whole.get(whole.size() - 1));
        accuracy.await(expected.results().size(), expected.rows().keySet());
        assertThat(Cluster.restored(flink, job)).isTrue();
        job.cancel().get();

        accuracy.assertOutcomes(expected.results());
        accuracy.assertRows(expected);
        accuracy.assertSources(expected);
    }

    /** Subtasks of scoring write to one partition, and where ticks have waited one is ahead. */
    @Test
    void countsASymbolThatComesSecondsBehindAnotherOfItsPartition() throws Exception {
        // Of the three, two are of one partition.
        List<Tick> tape =
                Tape.of(3, 1_300, 4).stream().filter(tick -> !tick.symbol().equals("S1")).toList();
        List<Prediction> predictions = Scoring.predictionsOf(tape);
        List<Tick> whole = new ArrayList<>(tape);
        whole.addAll(AccuracyRun.later(tape, Duration.ofMinutes(30)));
        whole.addAll(AccuracyRun.later(tape, Duration.ofHours(3)));
        ReplayedOutcomes expected =
                new ReplayedOutcomes(whole, predictions, AccuracyRun.horizonsMicros());
        Scoring run = new Scoring(probe, kafka.bootstrapServers(), "behind");
        AccuracyRun accuracy = new AccuracyRun(probe, run);
        run.options().set(IngestOptions.IDLE_AFTER, Duration.ofSeconds(1));
        run.options().set(OutcomeOptions.IDLE_AFTER, Duration.ofSeconds(1));
        JobClient job = submit(run.options());
        run.send(tape);
        // The first window ends in between.
        long from = tape.get(0).eventTimeMicros() + 118_000_000;
        long to = from + 8_000_000;
        List<Prediction> before = predictions.stream().filter(p -> micros(p) < from).toList();
        List<Prediction> ahead =
                predictions.stream()
                        .filter(p -> micros(p) >= from && micros(p) < to)
                        .filter(p -> p.symbol().equals("S0"))
                        .toList();
        accuracy.send(before);
        accuracy.send(ahead);
        // Of the short horizon.
        Until.holds(
                "outcomes of what is ahead",
                () -> probe.count(run.topic(Topic.OUTCOMES)) >= before.size() + ahead.size());
        List<Prediction> behind = new ArrayList<>(predictions);
        behind.removeAll(before);
        behind.removeAll(ahead);
        accuracy.send(behind);
        run.send(whole.subList(tape.size(), whole.size()));
        accuracy.sendLatePredictions(whole.get(whole.size() - 1));
        accuracy.await(expected.results().size(), expected.rows().keySet());
        job.cancel().get();

        accuracy.assertOutcomes(expected.results());
        accuracy.assertRows(expected);
    }

    private static long micros(Prediction prediction) {
        return prediction.eventTimeMicros();
    }

    @Test
    void aLabelFromOutsideRevisesAndOneOfNothingIsADeadLetter() throws Exception {
        List<Tick> tape = Tape.of(1, 900, 3);
        List<Prediction> predictions = Scoring.predictionsOf(tape);
        Scoring run = new Scoring(probe, kafka.bootstrapServers(), "labelled");
        AccuracyRun accuracy = new AccuracyRun(probe, run);
        run.options().set(OutcomeOptions.HORIZONS, List.of(Duration.ofSeconds(1)));
        run.options().set(OutcomeOptions.LABEL_DELAY, Duration.ofSeconds(30));
        JobClient job = submit(run.options());
        run.send(tape);
        accuracy.send(predictions);
        Until.holds("outcomes", () -> probe.count(run.topic(Topic.OUTCOMES)) > 0);
        Prediction labelled = predictions.get(predictions.size() - 100);
        accuracy.send(label(labelled.eventTimeMicros()));
        accuracy.send(label(labelled.eventTimeMicros() + 1));
        probe.send(run.topic(Topic.LABELS), new byte[0], "{}".getBytes(StandardCharsets.UTF_8));
        probe.flush();
        Until.holds("the revision", () -> accuracy.revision() != null);
        run.send(AccuracyRun.later(tape, Duration.ofHours(3)));
        accuracy.sendLatePredictions(AccuracyRun.later(tape, Duration.ofHours(3)).get(0));
        Until.holds("both dead letters", () -> probe.count(run.topic(Topic.DEAD_LETTERS)) == 2);
        job.cancel().get();

        Outcome revision = accuracy.revision();
        assertThat(revision.prediction().predictionId()).isEqualTo(labelled.predictionId());
        assertThat(revision.direction()).isEqualTo(Direction.UP);
        assertThat(
                        probe.committed(run.topic(Topic.DEAD_LETTERS)).stream()
                                .map(
                                        record ->
                                                new String(
                                                        record.headers()
                                                                .lastHeader("shivx.error.reason")
                                                                .value(),
                                                        StandardCharsets.UTF_8)))
                .containsExactlyInAnyOrder("MISSING_FIELD", "UNUSED");
    }

    private static ExternalLabel label(long micros) {
        return new ExternalLabel("S0", null, micros, 1_000_000, Direction.UP, 0.01);
    }

    /** Says the next class with the probabilities turned by one. */
    private static Prediction challengerOf(Prediction champion) {
        float[] p = champion.probabilities();
        float[] turned = {p[2], p[0], p[1]};
        int most = 0;
        for (int i = 1; i < 3; i++) {
            most = turned[i] > turned[most] ? i : most;
        }
        String[] classes = champion.classes();
        return new Prediction(
                champion.vectorId(),
                champion.modelId(),
                "9.0.0",
                champion.generation(),
                Role.SHADOW,
                false,
                champion.symbol(),
                champion.eventTimeMicros(),
                classes[most],
                turned[most],
                switch (classes[most]) {
                    case "UP" -> Action.BUY;
                    case "DOWN" -> Action.SELL;
                    default -> Action.HOLD;
                },
                classes,
                turned,
                champion.status());
    }

    private static <T> List<T> part(List<T> all, double from, double to) {
        return all.subList((int) (all.size() * from), (int) (all.size() * to));
    }

    private static JobClient submit(Configuration options) throws Exception {
        StreamExecutionEnvironment env = flink.environment(new Configuration());
        AccuracyJob.build(env, options);
        return env.executeAsync(AccuracyJob.NAME);
    }
}
