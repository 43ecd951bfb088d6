package com.shivx.operators.lifecycle;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.shivx.features.testing.TestResources;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.DeploymentPolicy;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.deployment.ModelRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifecycleFunctionTest {

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
        try (Harness harness = new Harness(Map.of("direction", published))) {
            harness.open();
            harness.ask("b", "direction", "2.0.0", null);
            harness.ask("c", "direction", "3.0.0", 2L);
            harness.ask("d", "direction", "4.0.0", null);
            assertThat(harness.outcomes())
                    .containsExactly("b REPEATED 2", "c DEPLOYED 3", "d DEPLOYED 4");
        }
    }

    private static final class Harness
            extends KeyedOneInputStreamOperatorTestHarness<String, DeploymentRequest, Deployment> {

        private static final DeploymentPolicy POLICY = new DeploymentPolicy(List.of("/models"));

        Harness() throws Exception {
            this(Map.of());
        }

        Harness(Map<String, Deployment> inForce) throws Exception {
            super(
                    new KeyedProcessOperator<>(new LifecycleFunction(POLICY, inForce)),
                    DeploymentRequest::model,
                    Types.STRING);
        }

        void ask(String id, String model, String version, @Nullable Long expected)
                throws Exception {
            ModelRef ref =
                    new ModelRef(
                            version,
                            "/models/" + version + ".onnx",
                            version.substring(0, 1).repeat(64));
            processElement(
                    new DeploymentRequest(
                            id, model, DeploymentMode.NOW, ref, 0, null, expected, "a test"),
                    0);
        }

        void askFirst() throws Exception {
            ask("a", "direction", "1.0.0", null);
            processElement(
                    new DeploymentRequest(
                            "b",
                            "direction",
                            DeploymentMode.CANARY,
                            new ModelRef("2.0.0", "/models/2.onnx", "2".repeat(64)),
                            0.1,
                            "spot:*",
                            1L,
                            "a test"),
                    0);
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
            return requireNonNull(getSideOutput(LifecycleFunction.EVENTS)).stream()
                    .map(StreamRecord::getValue)
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
