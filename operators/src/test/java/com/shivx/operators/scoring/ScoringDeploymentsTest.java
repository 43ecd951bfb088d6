package com.shivx.operators.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.models.Alarm;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import com.shivx.models.baseline.BaselineMomentum;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.deployment.RoutingUnit;
import com.shivx.models.onnx.OnnxModel;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is deployed changes while vectors come. */
class ScoringDeploymentsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder;
    @TempDir private Path store;

    private ModelArtifact baseline;
    private OneInputStreamOperatorTestHarness<ScoringInput, ScoredPrediction> harness;
    private int sent;

    @BeforeEach
    void open() throws Exception {
        baseline = BaselineMomentum.artifact();
        harness = newHarness(0);
        harness.open();
    }

    @AfterEach
    void leavesNothingBehind() throws Exception {
        harness.close();
        await(() -> OnnxModel.open() == 0);
    }

    private ScoringRules rules(int maxInFlight) {
        return new ScoringRules(
                ScoringHarness.SET.hash(),
                4,
                5,
                500,
                3,
                20_000,
                maxInFlight,
                List.of(folder.toString()),
                store.toString());
    }

    private OneInputStreamOperatorTestHarness<ScoringInput, ScoredPrediction> newHarness(
            int maxInFlight) throws Exception {
        return ScoringHarness.of(rules(maxInFlight), baseline);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void goesOverToAnotherVersionBetweenTwoVectorsAndLosesNone(int maxInFlight) throws Exception {
        harness.close();
        harness = newHarness(maxInFlight);
        harness.open();
        deploy(alone(1, constant("1.0.0", 0.25f)));
        awaitServing(1);
        deploy(alone(2, constant("2.0.0", 0.75f)));
        await(
                () -> {
                    send(3);
                    return events().stream().anyMatch(event -> event.generation() == 2);
                });
        send(20);
        List<Prediction> direction = predictionsOf(TestModels.MODEL);
        assertThat(direction).extracting(Prediction::generation).isSorted().contains(1L, 2L);
        assertThat(direction)
                .allSatisfy(
                        prediction ->
                                assertThat(prediction.probabilities()[2])
                                        .isEqualTo(prediction.generation() == 1 ? 0.25f : 0.75f));
        assertThat(predictionsOf("baseline-momentum"))
                .extracting(Prediction::vectorId)
                .hasSize(sent)
                .doesNotHaveDuplicates();
        assertThat(direction).extracting(Prediction::vectorId).doesNotHaveDuplicates();
        assertThat(alarms()).isEmpty();
    }

    @Test
    void servesTheCanarysShareAndScoresEveryVectorByAll() throws Exception {
        ModelRef one = constant("1.0.0", 0.25f);
        ModelRef two = constant("2.0.0", 0.75f);
        ModelRef three = constant("3.0.0", 0.5f);
        deploy(
                new Deployment(
                        TestModels.MODEL,
                        5,
                        DeploymentMode.CANARY,
                        one,
                        two,
                        0.3,
                        List.of(three),
                        "A*",
                        RoutingUnit.SYMBOL,
                        Deployment.DEFAULT_SLICE_MICROS,
                        "salt",
                        "r"));
        awaitServing(5);
        for (int i = 0; i < 500; i++) {
            take(ScoringInput.of(ScoringHarness.vector("A" + i, i, true)), i);
            take(ScoringInput.of(ScoringHarness.vector("B" + i, 1_000 + i, true)), i);
        }
        harness.prepareSnapshotPreBarrier(1);
        List<Prediction> direction = predictionsOf(TestModels.MODEL);
        assertThat(direction).hasSize(3 * 500).allMatch(p -> p.symbol().startsWith("A"));
        for (int i = 0; i < direction.size(); i += 3) {
            List<Prediction> ofOne = direction.subList(i, i + 3);
            assertThat(ofOne)
                    .extracting(Prediction::vectorId)
                    .containsOnly(ofOne.get(0).vectorId());
            assertThat(ofOne)
                    .extracting(Prediction::role)
                    .containsExactly(Role.CHAMPION, Role.CANARY, Role.SHADOW);
            assertThat(ofOne).filteredOn(Prediction::served).hasSize(1);
        }
        assertThat(direction.stream().filter(p -> p.served() && p.role() == Role.CANARY).count())
                .isBetween(110L, 190L);
        assertThat(direction)
                .filteredOn(p -> p.role() == Role.SHADOW)
                .noneMatch(Prediction::served);
    }

    @Test
    void refusesAModelAndGoesOnWithTheOneBefore() throws Exception {
        deploy(alone(1, constant("1.0.0", 0.25f)));
        awaitServing(1);
        byte[] bytes = TestModels.constant("2.0.0", 0.75f);
        ModelRef good = TestModels.write(folder, "2.0.0", bytes);
        Path outside = Files.createTempDirectory("outside-");
        Path elsewhere = Files.write(outside.resolve("2.onnx"), bytes);
        byte[] corrupt = bytes.clone();
        Arrays.fill(corrupt, 40, 60, (byte) 0xff);
        long generation = 1;
        deploy(alone(++generation, new ModelRef("2.0.0", good.uri(), "0".repeat(64))));
        awaitRefused(generation, "checksum");
        deploy(
                alone(
                        ++generation,
                        new ModelRef("2.0.0", elsewhere.toUri().toString(), good.sha256())));
        awaitRefused(generation, "outside");
        deploy(alone(++generation, new ModelRef("2.0.0", "s3://x/../y.onnx", good.sha256())));
        awaitRefused(generation, "outside");
        deploy(alone(++generation, new ModelRef("2.0.0", folder + "/gone.onnx", "1".repeat(64))));
        awaitRefused(generation, "not there");
        deploy(alone(++generation, TestModels.write(folder, "2.0.1", corrupt)));
        awaitRefused(generation, "2.0.1 is refused");
        deploy(
                alone(
                        ++generation,
                        TestModels.write(
                                folder, "2.0.2", "no model".getBytes(StandardCharsets.UTF_8))));
        awaitRefused(generation, "no ONNX model");
        deploy(
                alone(
                        ++generation,
                        TestModels.write(folder, "9.9.9", TestModels.constant("9.9.8", 0.5f))));
        awaitRefused(generation, "says that it is direction@9.9.8");
        deploy(
                alone(
                        ++generation,
                        TestModels.write(folder, "2.0.3", TestModels.notANumber("2.0.3"))));
        awaitRefused(generation, "2.0.3 is refused");
        deploy(alone(++generation, TestModels.write(folder, "2.0.4", TestModels.endless("2.0.4"))));
        awaitRefused(generation, "did not end within");
        assertThat(alarms())
                .hasSize((int) generation - 1)
                .allMatch(alarm -> alarm.kind() == Alarm.Kind.MODEL_REFUSED && alarm.raised());
        send(8);
        assertThat(predictionsOf(TestModels.MODEL))
                .extracting(Prediction::generation)
                .containsOnly(1L);
        deploy(alone(++generation, good));
        awaitServing(generation);
        Files.delete(elsewhere);
        Files.delete(outside);
    }

    @Test
    void ignoresADeploymentThatIsNotNewer() throws Exception {
        deploy(alone(3, constant("3.0.0", 0.75f)));
        awaitServing(3);
        deploy(alone(2, constant("2.0.0", 0.25f)));
        deploy(alone(3, constant("2.0.1", 0.25f)));
        deploy(alone(4, constant("4.0.0", 0.5f)));
        awaitServing(4);
        assertThat(events()).extracting(DeploymentEvent::generation).containsExactly(3L, 4L);
        assertThat(events()).extracting(DeploymentEvent::version).containsExactly("3.0.0", "4.0.0");
    }

    @Test
    void servesOnlyTheNewerOfTwoDeploymentsAtOnce() throws Exception {
        deploy(alone(1, constant("1.0.0", 0.25f)));
        deploy(alone(2, constant("2.0.0", 0.75f)));
        awaitServing(2);
        send(8);
        assertThat(predictionsOf(TestModels.MODEL))
                .extracting(Prediction::generation)
                .containsOnly(2L);
        assertThat(events()).extracting(DeploymentEvent::generation).containsExactly(2L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void endsACallThatTakesTooLongAndWithdrawsWhoNeverAnswers(int maxInFlight) throws Exception {
        harness.close();
        harness = newHarness(maxInFlight);
        harness.open();
        deploy(
                alone(
                        1,
                        TestModels.write(
                                folder, "1.0.0", TestModels.endlessForHugeValues("1.0.0"))));
        awaitServing(1);
        float[] huge = new float[ScoringHarness.SET.size()];
        Arrays.fill(huge, TestModels.hugeValue());
        for (int i = 0; i < 6; i++) {
            take(ScoringInput.of(ScoringHarness.vector("A", i, true, huge)), i);
            harness.prepareSnapshotPreBarrier(i);
        }
        assertThat(predictionsOf(TestModels.MODEL))
                .extracting(Prediction::status)
                .containsExactly(
                        PredictionStatus.TIMEOUT,
                        PredictionStatus.TIMEOUT,
                        PredictionStatus.TIMEOUT,
                        PredictionStatus.FAILED,
                        PredictionStatus.FAILED,
                        PredictionStatus.FAILED);
        assertThat(predictionsOf(TestModels.MODEL)).allMatch(p -> p.probabilities().length == 0);
        assertThat(alarms()).extracting(Alarm::kind).containsExactly(Alarm.Kind.MODEL_WITHDRAWN);
        assertThat(events())
                .last()
                .extracting(DeploymentEvent::kind)
                .isEqualTo(DeploymentEvent.Kind.WITHDRAWN);
        // The other model never noticed, and a version that answers ends it.
        assertThat(predictionsOf("baseline-momentum"))
                .hasSize(6)
                .allMatch(p -> p.status() == PredictionStatus.OK);
        deploy(alone(2, constant("2.0.0", 0.75f)));
        awaitServing(2);
        send(4);
        assertThat(predictionsOf(TestModels.MODEL))
                .last()
                .extracting(Prediction::status)
                .isEqualTo(PredictionStatus.OK);
    }

    @Test
    void goesOnAfterARestoreWithWhatItServedThoughItsFileIsGone() throws Exception {
        ModelRef one = constant("1.0.0", 0.25f);
        deploy(alone(1, one));
        awaitServing(1);
        // Desired but refused: what must serve is not what does.
        deploy(alone(2, new ModelRef("2.0.0", folder + "/gone.onnx", "1".repeat(64))));
        awaitRefused(2, "not there");
        OperatorSubtaskState state = harness.snapshot(1, 1);
        harness.close();
        Files.delete(Path.of(URI.create(one.uri())));

        harness = newHarness(0);
        harness.initializeState(state);
        harness.open();
        send(4);
        assertThat(predictionsOf(TestModels.MODEL))
                .extracting(Prediction::generation)
                .containsOnly(1L);
        // It tries again to go over to what must serve.
        awaitRefused(2, "not there");
    }

    @Test
    void doesNotStartWithoutTheChampionItServed() throws Exception {
        ModelRef one = constant("1.0.0", 0.25f);
        deploy(alone(1, one));
        awaitServing(1);
        OperatorSubtaskState state = harness.snapshot(1, 1);
        harness.close();
        Files.delete(Path.of(URI.create(one.uri())));
        deleteStore();
        harness = newHarness(0);
        harness.initializeState(state);
        assertThatThrownBy(harness::open)
                .hasMessageContaining("direction cannot start")
                .hasMessageContaining("not there");
        Files.write(Path.of(URI.create(one.uri())), TestModels.constant("1.0.0", 0.25f));
    }

    private void deleteStore() throws Exception {
        try (Stream<Path> files = Files.walk(store)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        Files.createDirectory(store);
    }

    private ModelRef constant(String version, float up) throws Exception {
        return TestModels.write(folder, version, TestModels.constant(version, up));
    }

    private static Deployment alone(long generation, ModelRef champion) {
        Deployment first = Deployment.initial(TestModels.MODEL, champion);
        return new Deployment(
                first.model(),
                generation,
                first.mode(),
                champion,
                null,
                0,
                List.of(),
                first.symbols(),
                first.routingUnit(),
                first.routingSliceMicros(),
                "",
                "r");
    }

    private void deploy(Deployment deployment) throws Exception {
        harness.processElement(new StreamRecord<>(ScoringInput.of(deployment)));
    }

    private void send(int count) throws Exception {
        for (int i = 0; i < count; i++, sent++) {
            take(ScoringInput.of(ScoringHarness.vector(sent, true)), sent);
        }
        harness.prepareSnapshotPreBarrier(1);
    }

    private void take(ScoringInput input, long timestamp) throws Exception {
        harness.processElement(input, timestamp);
    }

    private void awaitServing(long generation) throws Exception {
        await(
                () ->
                        events().stream()
                                .anyMatch(
                                        event ->
                                                event.generation() == generation
                                                        && event.kind()
                                                                == DeploymentEvent.Kind.SERVING));
    }

    private void awaitRefused(long generation, String reason) throws Exception {
        await(
                () ->
                        events().stream()
                                .anyMatch(
                                        event ->
                                                event.generation() == generation
                                                        && event.kind()
                                                                == DeploymentEvent.Kind.REFUSED));
        assertThat(events()).last().extracting(DeploymentEvent::reason).asString().contains(reason);
    }

    /** A condition that may throw. */
    private interface Condition {
        boolean holds() throws Exception;
    }

    /** Lets mails come in until it holds. */
    private void await(Condition condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            Optional<Mail> mail = harness.getTaskMailbox().tryTake(TaskMailbox.MIN_PRIORITY);
            if (mail.isPresent()) {
                mail.get().run();
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private List<Prediction> predictionsOf(String model) {
        List<Prediction> predictions = new ArrayList<>();
        for (StreamRecord<? extends ScoredPrediction> record : harness.getRecordOutput()) {
            if (record.getValue().prediction().modelId().equals(model)) {
                predictions.add(record.getValue().prediction());
            }
        }
        return predictions;
    }

    private List<DeploymentEvent> events() {
        return values(harness.getSideOutput(ScoringOperator.EVENTS)).stream()
                .filter(event -> event.model().equals(TestModels.MODEL) || event.generation() > 0)
                .toList();
    }

    private List<Alarm> alarms() {
        return values(harness.getSideOutput(ScoringOperator.ALARMS));
    }

    private static <T> List<T> values(@Nullable Queue<StreamRecord<T>> records) {
        return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
    }
}
