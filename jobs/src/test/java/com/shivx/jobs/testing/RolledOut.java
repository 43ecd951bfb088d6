package com.shivx.jobs.testing;

import static com.shivx.models.testing.DirectionModels.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.FeatureVector;
import com.shivx.features.tick.Tick;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.ScoringOptions;
import com.shivx.jobs.wire.OutcomeJson;
import com.shivx.models.Prediction;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.drift.DriftReport;
import com.shivx.models.drift.WatchedDeployment;
import com.shivx.models.outcome.AccuracyRow;
import com.shivx.models.outcome.Outcome;
import com.shivx.models.wire.AccuracyRowJson;
import com.shivx.models.wire.DeploymentEventJson;
import com.shivx.models.wire.DeploymentJson;
import com.shivx.models.wire.DriftReportJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the jobs of a rollout have left on their topics, and whether that is what should be. */
public final class RolledOut {

    /** Windows in which not every subtask may know of a deployment yet. */
    private static final int WINDOWS_OF_CHANGE = 2;

    /** Windows that a verdict remembers. */
    private static final int WINDOWS_REMEMBERED = 5;

    private final KafkaProbe probe;
    private final Scoring run;
    private final List<Tick> ticks;
    private final List<FeatureVector> vectors;
    private final List<Prediction> predictions;

    /** Of a run whose jobs have come to the end of the ticks that were sent. */
    public RolledOut(KafkaProbe probe, Scoring run, List<Tick> ticks) throws Exception {
        this.probe = probe;
        this.run = run;
        this.ticks = ticks;
        vectors = Scoring.vectorsOf(ticks);
        predictions = run.published(MODEL);
    }

    /**
     * That every tick has its vector, every ready vector is predicted once by the built-in model
     * and once by what a deployment has, and all of them have served.
     *
     * @param versions those that were deployed, by name
     */
    public void assertPredictions(Map<String, ModelArtifact> versions) throws Exception {
        Map<Long, Deployment> deployments = new TreeMap<>();
        for (Deployment deployment : run.read(Topic.DEPLOYMENTS, new DeploymentJson())) {
            assertThat(deployments.put(deployment.generation(), deployment)).isNull();
        }
        assertThat(probe.count(run.topic(Topic.FEATURES))).isEqualTo(ticks.size());
        assertThat(run.predictions(ScoringOptions.BASELINE)).isEqualTo(Scoring.offline(ticks));
        new ReplayedScoring(versions, vectors).assertPublished(predictions, deployments);
        assertThat(predictions)
                .extracting(Prediction::generation)
                .hasSameElementsAs(deployments.keySet());
    }

    /** That each subtask has told of each generation, of none again after a later one. */
    public void assertServed(int subtasks, int generations) throws Exception {
        Map<Integer, List<Long>> served = new TreeMap<>();
        for (DeploymentEvent event : run.read(Topic.DEPLOYMENT_EVENTS, new DeploymentEventJson())) {
            assertThat(event.kind()).isEqualTo(DeploymentEvent.Kind.SERVING);
            if (event.model().equals(MODEL)) {
                List<Long> before =
                        served.computeIfAbsent(event.subtask(), first -> new ArrayList<>());
                // Who has died tells once more what it serves.
                if (before.isEmpty() || before.get(before.size() - 1) != event.generation()) {
                    before.add(event.generation());
                }
            }
        }
        assertThat(served).hasSize(subtasks);
        assertThat(served.values())
                .allSatisfy(
                        told -> {
                            assertThat(told).hasSize(generations).isSorted();
                            assertThat(told.get(0)).isEqualTo(1);
                        });
    }

    /** How many predictions, of all models, have a tick of their symbol after their horizon. */
    public long decided(Duration horizon) throws Exception {
        Map<String, Long> last = new HashMap<>();
        ticks.forEach(tick -> last.merge(tick.symbol(), tick.eventTimeMicros(), Math::max));
        long horizonMicros = TimeUnit.MICROSECONDS.convert(horizon);
        return Stream.concat(predictions.stream(), run.published(ScoringOptions.BASELINE).stream())
                .filter(p -> p.eventTimeMicros() + horizonMicros < last.get(p.symbol()))
                .count();
    }

    /**
     * That outcomes and the rows of accuracy are those of another run over the same ticks and
     * predictions, and of each version and part that it plays there is a row for every window.
     *
     * @param closedMicros event time up to which windows are closed
     */
    public void assertAccuracy(Scoring other, long closedMicros) throws Exception {
        Map<String, String> outcomes = outcomes(run);
        Map<String, String> others = outcomes(other);
        assertThat(outcomes).hasSameSizeAs(others);
        // One by one: what differs would not be seen among so many.
        others.forEach((id, outcome) -> assertThat(outcomes.get(id)).as(id).isEqualTo(outcome));
        Map<String, Map<Long, AccuracyRow>> rows = rows(run);
        assertThat(texts(rows)).isEqualTo(texts(rows(other)));
        for (Map<Long, AccuracyRow> windows : rows.values()) {
            long startMicros = windows.keySet().iterator().next();
            for (AccuracyRow row : windows.values()) {
                assertThat(row.windowStartMicros()).isEqualTo(startMicros);
                startMicros = row.windowEndMicros();
            }
            assertThat(startMicros).isEqualTo(closedMicros);
        }
    }

    /** By prediction and horizon, none of which is there twice. */
    private Map<String, String> outcomes(Scoring of) throws Exception {
        OutcomeJson json = new OutcomeJson();
        Map<String, String> outcomes = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : probe.committed(of.topic(Topic.OUTCOMES))) {
            Outcome outcome = json.readRecord(record.value());
            String id = outcome.prediction().predictionId() + " " + outcome.horizonMicros();
            assertThat(outcomes.put(id, text(record.value()))).as("%s comes once", id).isNull();
        }
        return outcomes;
    }

    /** By version and part, and by window, none of which is there twice. */
    private static Map<String, Map<Long, AccuracyRow>> rows(Scoring of) throws Exception {
        Map<String, Map<Long, AccuracyRow>> rows = new TreeMap<>();
        for (AccuracyRow row : of.read(Topic.ACCURACY, new AccuracyRowJson())) {
            assertThat(
                            rows.computeIfAbsent(row.key().text(), first -> new TreeMap<>())
                                    .put(row.windowStartMicros(), row))
                    .as("%s %d comes once", row.key().text(), row.windowStartMicros())
                    .isNull();
        }
        return rows;
    }

    private static List<String> texts(Map<String, Map<Long, AccuracyRow>> rows) {
        AccuracyRowJson json = new AccuracyRowJson();
        return rows.values().stream()
                .flatMap(windows -> windows.values().stream())
                .map(row -> text(json.write(row)))
                .toList();
    }

    /**
     * That drift was told of the built-in version once, and of the others window by window.
     *
     * @param watched both versions with their references: first the one that served in the
     *     beginning, then its successor
     * @param startedMicros event time when the successor was deployed
     * @param endedMicros event time when the other was no longer
     */
    public void assertDrift(WatchedDeployment watched, long startedMicros, long endedMicros)
            throws Exception {
        Map<String, List<DriftReport>> reports = new HashMap<>();
        for (DriftReport report : run.read(Topic.DRIFT_REPORTS, new DriftReportJson())) {
            reports.computeIfAbsent(report.modelVersion(), first -> new ArrayList<>()).add(report);
        }
        String before = watched.versions().get(0).version();
        String after = watched.versions().get(1).version();
        assertThat(reports).hasSize(3);
        assertThat(reports.values()).filteredOn(told -> told.size() == 1).hasSize(1);
        ReplayedDrift replayed = new ReplayedDrift(watched, vectors, predictions);
        assertWindows(reports.get(before), replayed, 0, endedMicros);
        assertThat(reports.get(before).get(0).windowStartMicros())
                .isLessThanOrEqualTo(vectors.get(0).eventTimeMicros());
        assertWindows(reports.get(after), replayed, WINDOWS_OF_CHANGE, Long.MAX_VALUE);
        DriftReport first = reports.get(after).get(0);
        assertThat(first.windowStartMicros())
                .isLessThanOrEqualTo(
                        startedMicros
                                + WINDOWS_OF_CHANGE
                                        * (first.windowEndMicros() - first.windowStartMicros()));
    }

    /**
     * That they are of one window after another, and are the definitions' but for those in which
     * the version was deployed for a part of the time.
     */
    private static void assertWindows(
            List<DriftReport> reports, ReplayedDrift replayed, int from, long untilMicros) {
        DriftReportJson json = new DriftReportJson();
        int compared = 0;
        for (int i = 0; i < reports.size(); i++) {
            DriftReport report = reports.get(i);
            if (i > 0) {
                assertThat(report.windowStartMicros())
                        .isEqualTo(reports.get(i - 1).windowEndMicros());
                assertThat(report.generation())
                        .isGreaterThanOrEqualTo(reports.get(i - 1).generation());
            }
            DriftReport expected =
                    replayed.next(
                            report.modelVersion(),
                            report.windowStartMicros(),
                            report.role(),
                            report.generation());
            boolean isWhole = i >= from && report.windowEndMicros() < untilMicros;
            if (!isWhole) {
                assertThat(report.vectors()).isLessThanOrEqualTo(expected.vectors());
                assertThat(report.predictions()).isLessThanOrEqualTo(expected.predictions());
                continue;
            }
            assertThat(report.vectors()).isEqualTo(expected.vectors());
            assertThat(report.predictions()).isEqualTo(expected.predictions());
            boolean isRemembered = from == 0 || i >= from + WINDOWS_REMEMBERED;
            if (isRemembered) {
                assertThat(text(json.write(report))).isEqualTo(text(json.write(expected)));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(WINDOWS_REMEMBERED);
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
