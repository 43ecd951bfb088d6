package com.shivx.operators.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.shivx.drift.accuracy.AccuracyCounts;
import com.shivx.drift.accuracy.SymbolHashes;
import com.shivx.features.testing.TestResources;
import com.shivx.models.Role;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.DeploymentPolicy;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.deployment.RoutingUnit;
import com.shivx.models.lifecycle.LifecycleCommand;
import com.shivx.models.lifecycle.LifecycleInput;
import com.shivx.models.lifecycle.RetrainFrom;
import com.shivx.models.lifecycle.RetrainRequest;
import com.shivx.models.lifecycle.RetrainRules;
import com.shivx.models.lifecycle.RolloutRules;
import com.shivx.models.lifecycle.TrainingResult;
import com.shivx.models.outcome.AccuracyKey;
import com.shivx.models.outcome.AccuracyRow;
import com.shivx.models.outcome.VoteCount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifecycleFunctionTest {

    private static final long MINUTE_MICROS = 60_000_000;
    private static final int WINDOWS = 12;

    @Test
    void publishesWhatItAcceptsAndSaysSo() throws Exception {
        try (Harness harness = new Harness()) {
            harness.open();
            harness.ask("a", "direction", "1.0.0", null);
            harness.ask("b", "volatility", "1.0.0", null);
            harness.ask("c", "direction", "2.0.0", 1L);

            assertThat(harness.deployments())
                    .extracting(Deployment::model, Deployment::generation, Harness::champion)
                    .containsExactly(
                            tuple("direction", 1L, "1.0.0"),
                            tuple("volatility", 1L, "1.0.0"),
                            tuple("direction", 2L, "2.0.0"));
            assertThat(harness.outcomes())
                    .containsExactly("a DEPLOYED 1", "b DEPLOYED 1", "c DEPLOYED 2");
            assertThat(harness.storedModels()).containsExactlyInAnyOrder("direction", "volatility");
            assertThat(harness.numProcessingTimeTimers() + harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void refusesWithTheReasonAndLeavesWhatIsInForce() throws Exception {
        try (Harness harness = new Harness()) {
            harness.open();
            harness.ask("a", "direction", "1.0.0", null);
            harness.ask("b", "direction", "two", null);
            harness.ask("c", "direction", "2.0.0", 7L);
            harness.ask("d", "direction", "2.0.0", 1L);

            assertThat(harness.outcomes())
                    .containsExactly("a DEPLOYED 1", "b REFUSED 1", "c REFUSED 1", "d DEPLOYED 2");
            assertThat(harness.reason("b")).contains("version 'two' is not semantic");
            assertThat(harness.reason("c")).contains("generation 7 was expected, 1 is in force");
            assertThat(harness.deployments())
                    .extracting(Harness::champion)
                    .containsExactly("1.0.0", "2.0.0");
        }
    }

    /** Two people have seen the same generation; the second has not seen what the first did. */
    @Test
    void acceptsOneOfTwoRequestsThatExpectTheSameGeneration() throws Exception {
        try (Harness harness = new Harness()) {
            harness.open();
            harness.ask("a", "direction", "1.0.0", null);
            harness.ask("b", "direction", "2.0.0", 1L);
            harness.ask("c", "direction", "3.0.0", 1L);

            assertThat(harness.outcomes())
                    .containsExactly("a DEPLOYED 1", "b DEPLOYED 2", "c REFUSED 2");
            assertThat(harness.reason("c")).contains("generation 1 was expected, 2 is in force");
        }
    }

    @Test
    void decidesARequestOnceHoweverOftenItComes() throws Exception {
        try (Harness harness = new Harness()) {
            harness.open();
            harness.ask("a", "direction", "1.0.0", null);
            harness.ask("b", "direction", "2.0.0", 7L);
            harness.ask("a", "direction", "1.0.0", null);
            harness.ask("b", "direction", "2.0.0", null);
            harness.ask("a", "volatility", "1.0.0", null);

            assertThat(harness.outcomes())
                    .containsExactly(
                            "a DEPLOYED 1",
                            "b REFUSED 1",
                            "a REPEATED 1",
                            "b REPEATED 1",
                            "a DEPLOYED 1");
            assertThat(harness.deployments()).hasSize(2);
        }
    }

    @Test
    void remembersNothingOfNamesThatAreNone() throws Exception {
        try (Harness harness = new Harness()) {
            harness.open();
            harness.ask("a", "no model", "1.0.0", null);
            harness.ask("b c", "direction", "1.0.0", null);
            assertThat(harness.outcomes()).containsExactly("a REFUSED 0", "b c REFUSED 0");
            assertThat(harness.storedModels()).isEmpty();

            harness.ask("d", "direction", "two", null);
            assertThat(harness.storedModels()).containsExactly("direction");
        }
    }

    @Test
    void goesOnFromWhereItWas() throws Exception {
        OperatorSubtaskState snapshot;
        try (Harness before = new Harness()) {
            before.open();
            before.askFirst();
            snapshot = before.snapshot(1, 1);
        }
        try (Harness after = new Harness()) {
            after.initializeState(snapshot);
            after.open();
            after.askAgain();
        }
    }

    /**
     * A state that an earlier release wrote goes on as if never interrupted. Files are added for
     * releases that change what is written, and never replaced; {@code -Dshivx.write-state=true}
     * writes the one of this release.
     */
    @ParameterizedTest
    @ValueSource(strings = {"0.1.0"})
    void goesOnFromTheStateOfARelease(String release) throws Exception {
        String file = TestResources.file("lifecycle-" + release + ".state").toString();
        if (Boolean.getBoolean("shivx.write-state")) {
            try (Harness writer = new Harness()) {
                writer.open();
                writer.askFirst();
                OperatorSnapshotUtil.writeStateHandle(writer.snapshot(1, 1), file);
            }
        }
        try (Harness harness = new Harness()) {
            harness.initializeState(OperatorSnapshotUtil.readStateHandle(file));
            harness.open();
            harness.askAgain();
        }
    }

    /** As above, of what is known beside deployments; the file is of a rollout after one step. */
    @ParameterizedTest
    @ValueSource(strings = {"0.1.0"})
    void aRolloutGoesOnFromTheStateOfARelease(String release) throws Exception {
        Path file = TestResources.file("lifecycle-rollout-" + release + ".state");
        if (Boolean.getBoolean("shivx.write-state") && !Files.exists(file)) {
            try (Harness writer = new Harness()) {
                writer.open();
                writer.startRollout();
                writer.command(LifecycleCommand.Kind.SET_SCHEDULE, "nightly", "daily 02:00");
                writer.command(LifecycleCommand.Kind.RETRAIN, "", null);
                for (int window = 0; window < 4; window++) {
                    writer.window(window);
                }
                OperatorSnapshotUtil.writeStateHandle(writer.snapshot(1, 1), file.toString());
            }
        }
        try (Harness harness = new Harness()) {
            harness.initializeState(OperatorSnapshotUtil.readStateHandle(file.toString()));
            harness.open();
            for (int window = 4; window < WINDOWS; window++) {
                harness.window(window);
            }
            harness.end("RETRAIN");
            harness.setProcessingTime(Duration.ofHours(2).toMillis());

            assertThat(harness.kinds())
                    .containsExactly(
                            "ROLLOUT_ADVANCED",
                            "ROLLOUT_ADVANCED",
                            "ROLLOUT_ENDED",
                            "RETRAIN_ENDED",
                            "RETRAIN_READY",
                            "SCHEDULE_DUE",
                            "RETRAIN_REQUESTED");
            assertThat(harness.events().get(0).eventId()).isEqualTo("direction~7");
            assertThat(harness.deployments())
                    .extracting(Deployment::routingUnit)
                    .containsOnly(RoutingUnit.SYMBOL_SLICE);
        }
    }

    /** What shares are of is known again before a rollout, and stays what it was in it. */
    @Test
    void aRestoredRolloutKeepsWhatItsSharesAreOf() throws Exception {
        OperatorSubtaskState snapshot;
        try (Harness before = new Harness()) {
            before.open();
            before.ask("a", "direction", "1.0.0", null);
            before.row(-1, "1.0.0", Role.CHAMPION, List.of(), counts(100));
            snapshot = before.snapshot(1, 1);
        }
        try (Harness begins = new Harness()) {
            begins.initializeState(snapshot);
            begins.open();
            begins.rollOut();
            assertThat(begins.events())
                    .last()
                    .returns(LifecycleEvent.Kind.ROLLOUT_STARTED, LifecycleEvent::kind)
                    .extracting(LifecycleEvent::reason)
                    .asString()
                    .contains("100 or more");
            begins.row(-1, "1.0.0", Role.CHAMPION, List.of(), counts(12));
            snapshot = begins.snapshot(2, 1);
        }
        try (Harness goesOn = new Harness()) {
            goesOn.initializeState(snapshot);
            goesOn.open();
            for (int window = 0; window < WINDOWS; window++) {
                goesOn.window(window);
            }
            assertThat(goesOn.deployments())
                    .hasSize(4)
                    .extracting(Deployment::routingUnit)
                    .containsOnly(RoutingUnit.SYMBOL);
        }
    }

    private static AccuracyCounts counts(int symbols) {
        AccuracyCounts counts = new AccuracyCounts();
        counts.known = 60;
        for (int i = 0; i < symbols; i++) {
            counts.addSymbol(SymbolHashes.of("symbol" + i));
        }
        return counts;
    }

    /** A job that was started anew goes on counting; its own state goes before what it found. */
    @Test
    void startsFromWhatWasPublishedBefore() throws Exception {
        Deployment published;
        try (Harness earlier = new Harness()) {
            earlier.open();
            earlier.ask("a", "direction", "1.0.0", null);
            earlier.ask("b", "direction", "2.0.0", null);
            published = earlier.deployments().get(1);
        }
        try (Harness harness =
                new Harness(Map.of("direction", published), Map.of("direction", 40L))) {
            harness.open();
            harness.ask("b", "direction", "2.0.0", null);
            harness.ask("c", "direction", "3.0.0", 2L);
            harness.ask("d", "direction", "4.0.0", null);
            assertThat(harness.outcomes())
                    .containsExactly("b REPEATED 2", "c DEPLOYED 3", "d DEPLOYED 4");
            assertThat(harness.events())
                    .extracting(LifecycleEvent::eventId)
                    .containsExactly("direction~41", "direction~42", "direction~43");
        }
    }

    /** The clock alone; a restored job makes up for what it missed, once. */
    @Test
    void isWokenByTheClockAndOnceForWhatWasMissed() throws Exception {
        OperatorSubtaskState snapshot;
        try (Harness before = new Harness()) {
            before.open();
            before.setProcessingTime(Duration.ofHours(1).toMillis());
            before.command(LifecycleCommand.Kind.SET_SCHEDULE, "nightly", "daily 02:00");
            assertThat(before.numProcessingTimeTimers()).isEqualTo(1);
            before.setProcessingTime(Duration.ofHours(2).toMillis() - 1);
            assertThat(before.retrainRequests()).isEmpty();
            before.setProcessingTime(Duration.ofHours(2).toMillis());
            assertThat(before.kinds())
                    .containsExactly("SCHEDULE_SET", "SCHEDULE_DUE", "RETRAIN_REQUESTED");
            before.end(before.retrainRequests().get(0).requestId());
            snapshot = before.snapshot(1, 1);
        }
        try (Harness after = new Harness()) {
            after.initializeState(snapshot);
            after.open();
            after.setProcessingTime(Duration.ofDays(9).toMillis());

            assertThat(after.kinds()).containsOnlyOnce("SCHEDULE_DUE", "RETRAIN_REQUESTED");
            assertThat(after.numProcessingTimeTimers()).isEqualTo(1);
            after.command(LifecycleCommand.Kind.REMOVE_SCHEDULE, "nightly", null);
            after.end(after.retrainRequests().get(0).requestId());
            after.setProcessingTime(Duration.ofDays(10).toMillis());
            assertThat(after.numProcessingTimeTimers()).isZero();
        }
    }

    /** Event time says nothing: neither a record's stamp nor a watermark ends a hold or a wait. */
    @Test
    void isWokenByTheClockAloneAndNotAMillisecondEarly() throws Exception {
        long fromMillis = Duration.ofHours(1).toMillis();
        long dueMillis = Duration.ofHours(2).toMillis();
        // Of its shadow time and the longest hold.
        long heldUntilMillis = fromMillis + Duration.ofMinutes(3 + 3 * 60).toMillis();
        long farMillis = Duration.ofDays(365 * 50).toMillis();
        try (Harness harness = new Harness()) {
            harness.open();
            harness.stampMillis = farMillis;
            harness.setProcessingTime(fromMillis);
            harness.startRollout();
            harness.command(LifecycleCommand.Kind.SET_SCHEDULE, "nightly", "daily 02:00");
            harness.processWatermark(farMillis);
            int told = harness.kinds().size();

            harness.setProcessingTime(dueMillis - 1);
            assertThat(harness.kinds()).hasSize(told);
            harness.setProcessingTime(dueMillis);
            assertThat(harness.kinds().subList(told, harness.kinds().size()))
                    .containsExactly("SCHEDULE_DUE", "RETRAIN_REFUSED");
            harness.setProcessingTime(heldUntilMillis - 1);
            assertThat(harness.kinds()).hasSize(told + 2);
            harness.setProcessingTime(heldUntilMillis);
            assertThat(harness.kinds()).hasSize(told + 3).endsWith("ROLLOUT_ROLLED_BACK");
            harness.setProcessingTime(dueMillis + Duration.ofDays(1).toMillis() - 1);
            assertThat(harness.kinds()).hasSize(told + 3);
            assertThat(harness.numProcessingTimeTimers()).isEqualTo(1);
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    /** In each step: the state as it was stored goes on as if it had never stopped. */
    @Test
    void aRolloutGoesOnWhereItWas() throws Exception {
        List<String> uninterrupted = new ArrayList<>();
        List<String> interrupted = new ArrayList<>();
        try (Harness harness = new Harness()) {
            harness.open();
            harness.startRollout();
            for (int window = 0; window < WINDOWS; window++) {
                harness.window(window);
            }
            uninterrupted.addAll(harness.told());
        }
        OperatorSubtaskState snapshot;
        try (Harness first = new Harness()) {
            first.open();
            first.startRollout();
            interrupted.addAll(first.told());
            snapshot = first.snapshot(1, 1);
        }
        for (int window = 0; window < WINDOWS; window++) {
            try (Harness next = new Harness()) {
                next.initializeState(snapshot);
                next.open();
                next.window(window);
                interrupted.addAll(next.told());
                snapshot = next.snapshot(window + 2, 1);
            }
        }

        assertThat(interrupted).isEqualTo(uninterrupted);
        assertThat(uninterrupted)
                .containsExactly(
                        "direction~1 DEPLOYED 1",
                        "direction~2 DEPLOYED 2",
                        "direction~3 ROLLOUT_STARTED 2",
                        "direction~4 ROLLOUT_ADVANCED 3",
                        "direction~5 ROLLOUT_ADVANCED 4",
                        "direction~6 ROLLOUT_ADVANCED 5",
                        "direction~7 ROLLOUT_ENDED 6");
    }

    private static final class Harness
            extends KeyedOneInputStreamOperatorTestHarness<String, LifecycleInput, Deployment> {

        private static final LifecycleSettings SETTINGS =
                new LifecycleSettings(
                        new DeploymentPolicy(List.of("/models")),
                        new RetrainRules(
                                Duration.ofHours(1),
                                Duration.ofHours(2),
                                RetrainFrom.HISTORY,
                                Duration.ofDays(30)),
                        new RolloutRules(
                                0.05,
                                Duration.ofMinutes(3),
                                List.of(0.1, 0.5),
                                Duration.ofMinutes(3),
                                List.of(Duration.ofMinutes(3)),
                                Duration.ofHours(3),
                                MINUTE_MICROS));

        /** On what comes. */
        private long stampMillis;

        Harness() throws Exception {
            this(Map.of(), Map.of());
        }

        Harness(Map<String, Deployment> inForce, Map<String, Long> lastEvents) throws Exception {
            super(
                    new KeyedProcessOperator<>(
                            new LifecycleFunction(SETTINGS, inForce, lastEvents)),
                    LifecycleInput::model,
                    Types.STRING);
        }

        void ask(String id, String model, String version, @Nullable Long expected)
                throws Exception {
            ModelRef ref =
                    new ModelRef(
                            version,
                            "/models/" + version + ".onnx",
                            version.substring(0, 1).repeat(64));
            take(
                    new DeploymentRequest(
                            id, model, DeploymentMode.NOW, ref, 0, null, expected, "a test"));
        }

        private void take(LifecycleInput input) throws Exception {
            processElement(input, stampMillis);
        }

        private void take(DeploymentRequest request) throws Exception {
            take(LifecycleInput.of(request));
        }

        void command(LifecycleCommand.Kind kind, String schedule, @Nullable String times)
                throws Exception {
            take(
                    LifecycleInput.of(
                            new LifecycleCommand(
                                    kind + schedule,
                                    "direction",
                                    kind,
                                    schedule,
                                    times,
                                    null,
                                    null,
                                    "a test")));
        }

        void end(String requestId) throws Exception {
            take(
                    LifecycleInput.of(
                            new TrainingResult(
                                    requestId,
                                    "direction",
                                    TrainingResult.Kind.REFUSED,
                                    1,
                                    null,
                                    "no better")));
        }

        void startRollout() throws Exception {
            ask("a", "direction", "1.0.0", null);
            rollOut();
        }

        void rollOut() throws Exception {
            take(
                    new DeploymentRequest(
                            "b",
                            "direction",
                            DeploymentMode.ROLLOUT,
                            new ModelRef("2.0.0", "/models/2.onnx", "2".repeat(64)),
                            0,
                            null,
                            null,
                            "a test"));
        }

        /** Steps of three windows each. */
        void window(int window) throws Exception {
            if (window < 9) {
                row(window, "1.0.0", Role.CHAMPION, List.of());
                Role role = window < 3 ? Role.SHADOW : Role.CANARY;
                row(window, "2.0.0", role, List.of(new VoteCount("1.0.0", 9, 1, 0)));
            } else {
                row(window, "2.0.0", Role.CHAMPION, List.of());
                row(window, "1.0.0", Role.SHADOW, List.of(new VoteCount("2.0.0", 1, 9, 0)));
            }
        }

        private void row(int window, String version, Role role, List<VoteCount> votes)
                throws Exception {
            row(window, version, role, votes, counts(0));
        }

        void row(
                int window, String version, Role role, List<VoteCount> votes, AccuracyCounts counts)
                throws Exception {
            take(
                    LifecycleInput.of(
                            new AccuracyRow(
                                    new AccuracyKey("direction", version, role, MINUTE_MICROS),
                                    (window + 1) * MINUTE_MICROS,
                                    (window + 2) * MINUTE_MICROS,
                                    counts,
                                    votes)));
        }

        void askFirst() throws Exception {
            ask("a", "direction", "1.0.0", null);
            take(
                    new DeploymentRequest(
                            "b",
                            "direction",
                            DeploymentMode.CANARY,
                            new ModelRef("2.0.0", "/models/2.onnx", "2".repeat(64)),
                            0.1,
                            "spot:*",
                            1L,
                            "a test"));
            ask("c", "volatility", "two", null);
        }

        void askAgain() throws Exception {
            ask("b", "direction", "3.0.0", null);
            ask("c", "volatility", "1.0.0", null);
            ask("d", "direction", "3.0.0", 2L);
            assertThat(outcomes()).containsExactly("b REPEATED 2", "c REPEATED 0", "d DEPLOYED 3");
            assertThat(deployments())
                    .singleElement()
                    .returns("3.0.0", Harness::champion)
                    .returns("spot:*", Deployment::symbols);
        }

        static String champion(Deployment deployment) {
            return deployment.champion().version();
        }

        List<Deployment> deployments() {
            List<Deployment> deployments = new ArrayList<>();
            for (StreamRecord<? extends Deployment> record : getRecordOutput()) {
                deployments.add(record.getValue());
            }
            return deployments;
        }

        List<LifecycleEvent> events() {
            return side(LifecycleFunction.EVENTS);
        }

        List<RetrainRequest> retrainRequests() {
            return side(LifecycleFunction.RETRAIN_REQUESTS);
        }

        private <T> List<T> side(OutputTag<T> tag) {
            Queue<StreamRecord<T>> records = getSideOutput(tag);
            return records == null
                    ? List.of()
                    : records.stream().map(StreamRecord::getValue).toList();
        }

        List<String> kinds() {
            return events().stream().map(event -> event.kind().name()).toList();
        }

        List<String> told() {
            return events().stream()
                    .map(
                            event ->
                                    "%s %s %d"
                                            .formatted(
                                                    event.eventId(),
                                                    event.kind(),
                                                    event.generation()))
                    .toList();
        }

        List<String> outcomes() {
            return events().stream()
                    .map(event -> event.requestId() + " " + event.kind() + " " + event.generation())
                    .toList();
        }

        @Nullable String reason(String requestId) {
            return events().stream()
                    .filter(event -> event.requestId().equals(requestId))
                    .findFirst()
                    .orElseThrow()
                    .reason();
        }

        /** The models that state is kept of. */
        List<String> storedModels() throws Exception {
            return ((KeyedProcessOperator<?, ?, ?>) getOperator())
                    .<String>getKeyedStateBackend()
                    .<VoidNamespace>getKeys("lifecycle", VoidNamespace.INSTANCE)
                    .toList();
        }
    }
}
