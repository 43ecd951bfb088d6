package com.shivx.operators.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.models.Alarm;
import com.shivx.models.Prediction;
import com.shivx.models.baseline.BaselineMomentum;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.onnx.OnnxModel;
import com.shivx.models.serving.ServingPart;
import com.shivx.models.testing.DirectionModels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/**
 * A scoring operator under a harness that starts with the baseline and serves what is deployed
 * beside it.
 */
final class DeployedScoring implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final OneInputStreamOperatorTestHarness<ScoringInput, ScoredPrediction> harness;
    private int sent;
    private boolean cancelled;

    /**
     * Not open yet.
     *
     * @param folder that models may come from
     * @param store where they are kept
     */
    DeployedScoring(Path folder, Path store, int maxInFlight) throws Exception {
        this.folder = folder;
        harness =
                ScoringHarness.of(
                        new ScoringRules(
                                ScoringHarness.SET.hash(),
                                4,
                                5,
                                ScoringDevice.CPU,
                                500,
                                3,
                                20_000,
                                maxInFlight,
                                List.of(folder.toString()),
                                store.toString()),
                        BaselineMomentum.artifact());
    }

    /** Starts it. */
    DeployedScoring open() throws Exception {
        harness.open();
        return this;
    }

    /** Starts it with what another has left. */
    DeployedScoring open(OperatorSubtaskState state) throws Exception {
        harness.initializeState(state);
        return open();
    }

    OperatorSubtaskState snapshot() throws Exception {
        return harness.snapshot(1, 1);
    }

    /** A sound version that always answers the same, as a file. */
    ModelRef constant(String version, float up) throws Exception {
        return DirectionModels.write(folder, version, DirectionModels.constant(version, up));
    }

    void deploy(Deployment deployment) throws Exception {
        harness.processElement(new StreamRecord<>(ScoringInput.of(deployment)));
    }

    /** Sends vectors and has all of them scored. */
    void send(int count) throws Exception {
        for (int i = 0; i < count; i++, sent++) {
            take(ScoringInput.of(ScoringHarness.vector(sent, true)), sent);
        }
        barrier();
    }

    /** How many {@link #send} has sent. */
    int sent() {
        return sent;
    }

    void take(ScoringInput input, long timestamp) throws Exception {
        harness.processElement(input, timestamp);
    }

    /** Before it passes, all vectors are scored. */
    void barrier() throws Exception {
        harness.prepareSnapshotPreBarrier(1);
    }

    void awaitServing(long generation) throws Exception {
        await(() -> isServing(generation));
    }

    /** Whether it has begun to serve that generation. */
    boolean isServing(long generation) {
        return has(generation, DeploymentEvent.Kind.SERVING);
    }

    void awaitRefused(long generation, String reason) throws Exception {
        await(() -> has(generation, DeploymentEvent.Kind.REFUSED));
        assertThat(events()).last().extracting(DeploymentEvent::reason).asString().contains(reason);
    }

    private boolean has(long generation, DeploymentEvent.Kind kind) {
        return events().stream()
                .anyMatch(event -> event.generation() == generation && event.kind() == kind);
    }

    /** A condition that may throw. */
    interface Condition {
        boolean holds() throws Exception;
    }

    /** Lets mails come in until it holds. */
    void await(Condition condition) throws Exception {
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

    List<Prediction> predictionsOf(String model) {
        List<Prediction> predictions = new ArrayList<>();
        for (StreamRecord<? extends ScoredPrediction> record : harness.getRecordOutput()) {
            if (record.getValue().prediction().modelId().equals(model)) {
                predictions.add(record.getValue().prediction());
            }
        }
        return predictions;
    }

    /** What became of what was deployed. */
    List<DeploymentEvent> events() {
        return values(harness.getSideOutput(ScoringOperator.EVENTS)).stream()
                .filter(
                        event ->
                                event.model().equals(DirectionModels.MODEL)
                                        || event.generation() > 0)
                .toList();
    }

    /** What the task's clock says from now on. */
    void clock(long millis) throws Exception {
        harness.setProcessingTime(millis);
    }

    /** What was counted of a model, and what was told to serve. */
    List<ServingPart> partsOf(String model) {
        return values(harness.getSideOutput(ScoringOperator.SERVING)).stream()
                .filter(part -> part.model().equals(model))
                .toList();
    }

    List<Alarm> alarms() {
        return values(harness.getSideOutput(ScoringOperator.ALARMS));
    }

    private static <T> List<T> values(@Nullable Queue<StreamRecord<T>> records) {
        return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
    }

    /** From now on the task takes no mail, as when it is cancelled. */
    void endTask() {
        harness.getTaskMailbox().quiesce();
    }

    /** Ends as a task that is cancelled does: it waits for nothing that is under way. */
    void cancel() throws Exception {
        cancelled = true;
        endTask();
        harness.getOperator().close();
    }

    /** Forgets what has come out. */
    void clearOutput() {
        harness.getOutput().clear();
        harness.getSideOutput(ScoringOperator.EVENTS).clear();
        harness.getSideOutput(ScoringOperator.SERVING).clear();
    }

    /** Also waits until no model is open any more. */
    @Override
    public void close() throws Exception {
        if (!cancelled) {
            harness.close();
        }
        await(() -> OnnxModel.open() == 0);
    }
}
