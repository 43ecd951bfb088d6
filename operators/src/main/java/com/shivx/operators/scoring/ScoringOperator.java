package com.shivx.operators.scoring;

import com.shivx.features.FeatureVector;
import com.shivx.models.Alarm;
import com.shivx.models.Prediction;
import com.shivx.models.Role;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.onnx.Scores;
import com.shivx.models.serving.ServingPart;
import com.shivx.operators.OneInputFactory;
import com.shivx.operators.artifact.ModelFiles;
import com.shivx.operators.features.TickVector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores ready vectors in batches, by every version that is deployed, and emits their predictions
 * in the vectors' order. What is deployed changes between two batches while the stream runs.
 *
 * <p>Invariant: a vector is in the batch that fills, or in one under way, or its predictions have
 * been emitted; and nothing that came after it (watermark, barrier, end of input) has been
 * forwarded before them. Hence a batch is scored when it is full, when its oldest vector has waited
 * long enough, before a watermark, before a barrier and at the end of input, and no vector is in
 * any state. Batches under way beside the task's thread are emitted in their order, watermarks
 * between them; a barrier waits for all of them, each of which the watchdog ends in time.
 */
public final class ScoringOperator extends AbstractStreamOperator<ScoredPrediction>
        implements OneInputStreamOperator<ScoringInput, ScoredPrediction> {

    /** What this subtask really serves. */
    public static final OutputTag<DeploymentEvent> EVENTS = new OutputTag<>("deployment-events") {};

    /** Models that were refused or withdrawn. */
    public static final OutputTag<Alarm> ALARMS = new OutputTag<>("alarms") {};

    /** How versions did, in parts of a second; and, of a deployment that is new, that it serves. */
    public static final OutputTag<ServingPart> SERVING = new OutputTag<>("serving") {};

    private static final Logger LOG = LoggerFactory.getLogger(ScoringOperator.class);

    private static final long serialVersionUID = 1;

    /** Flink's timers fire a millisecond after their time. */
    private static final long TIMER_MILLIS = 1;

    /** What was counted is sent on so often, clock time: seldom beside vectors, soon for people. */
    private static final long PART_MILLIS = 1_000;

    private final ScoringRules rules;
    private final List<InitialModel> initial;
    private final MailboxExecutor mailbox;

    private transient Deployments deployments;
    private transient Watchdog watchdog;
    private transient ScoringMetrics counts;
    private transient StreamRecord<ScoredPrediction> reused;
    private transient boolean timerSet;
    private transient long awakeSinceMillis;
    private transient long cutMillis;

    private transient VectorBatch filling;
    private transient boolean handingOver;
    private transient Deque<VectorBatch> free;

    /** Batches and watermarks that are not emitted yet, in their order; empty when inline. */
    private transient Deque<Object> underWay;

    private transient int batchesUnderWay;
    private transient @Nullable ExecutorService scorers;

    @SuppressWarnings("NullAway.Init") // open() comes before any other call
    ScoringOperator(
            StreamOperatorParameters<ScoredPrediction> parameters,
            ScoringRules rules,
            List<InitialModel> initial) {
        super(parameters);
        this.rules = rules;
        this.initial = initial;
        this.mailbox = parameters.getMailboxExecutor();
        this.processingTimeService = parameters.getProcessingTimeService();
    }

    /**
     * Of the operators of a job.
     *
     * @param initial what serves until deployments are published
     */
    public static OneInputFactory<ScoringInput, ScoredPrediction> factory(
            ScoringRules rules, List<InitialModel> initial) {
        ArrayList<InitialModel> serving = new ArrayList<>(initial);
        return new OneInputFactory<>(
                ScoringOperator.class,
                parameters -> new ScoringOperator(parameters, rules, serving));
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        counts = new ScoringMetrics(getMetricGroup());
        watchdog = new Watchdog(rules.timeoutMillis());
        DeploymentLoader loader =
                new DeploymentLoader(
                        rules,
                        files(),
                        JobModels.of(getRuntimeContext()),
                        Devices.of(rules.device(), getRuntimeContext()),
                        watchdog);
        deployments =
                new Deployments(
                        loader,
                        context.getOperatorStateStore(),
                        getRuntimeContext().getTaskInfo(),
                        counts,
                        new Deployments.Context() {
                            @Override
                            public void beforeSwap() {
                                scoreFilling();
                            }

                            @Override
                            public void emit(DeploymentEvent event) {
                                output.collect(EVENTS, new StreamRecord<>(event));
                            }

                            @Override
                            public void emit(Alarm alarm) {
                                output.collect(ALARMS, new StreamRecord<>(alarm));
                            }

                            @Override
                            public void cut(ServingDeployment serving) {
                                ScoringOperator.this.cut(serving);
                            }

                            @Override
                            public void inTaskThread(Runnable action, String name) {
                                ScoringOperator.this.inTaskThread(action::run, name);
                            }

                            @Override
                            public void after(long millis, Runnable action) {
                                ProcessingTimeService clock = getProcessingTimeService();
                                clock.registerTimer(
                                        clock.getCurrentProcessingTime() + millis,
                                        time -> action.run());
                            }
                        });
    }

    private ModelFiles files() {
        List<ModelArtifact> artifacts = new ArrayList<>();
        initial.forEach(model -> artifacts.addAll(model.artifacts()));
        return new ModelFiles(rules.allowedUris(), rules.modelStore(), artifacts);
    }

    @Override
    public void open() throws Exception {
        super.open();
        underWay = new ArrayDeque<>();
        free = new ArrayDeque<>();
        // One more than may be under way: the one that fills.
        for (int lane = 0; lane <= rules.maxInFlight(); lane++) {
            free.add(new VectorBatch(lane, rules.maxBatchSize()));
        }
        filling = free.remove();
        if (rules.maxInFlight() > 0) {
            scorers = Executors.newFixedThreadPool(rules.maxInFlight(), this::scoringThread);
        }
        deployments.open(initial, rules.loadTimeoutMillis());
        awakeSinceMillis = getProcessingTimeService().getCurrentProcessingTime();
        cutMillis = awakeSinceMillis;
    }

    private Thread scoringThread(Runnable task) {
        Thread thread =
                new Thread(
                        task,
                        "shivx-scoring of "
                                + getRuntimeContext().getTaskInfo().getTaskNameWithSubtasks());
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void processElement(StreamRecord<ScoringInput> element) throws Exception {
        Deployment deployment = element.getValue().deployment();
        TickVector vector = element.getValue().vector();
        if (deployment != null) {
            deployments.onDeployment(deployment);
        } else if (vector != null && vector.vector().ready()) {
            take(vector, element.getTimestamp());
        }
    }

    private void take(TickVector vector, long timestamp) {
        filling.add(vector, timestamp);
        if (filling.size() >= Math.min(deployments.batchSize(), rules.maxBatchSize())) {
            scoreFilling();
        } else if (!timerSet) {
            timerSet = true;
            ProcessingTimeService clock = getProcessingTimeService();
            clock.registerTimer(
                    clock.getCurrentProcessingTime() + waitMillis() - TIMER_MILLIS,
                    time -> onTimer());
        }
    }

    /**
     * How long a vector waits for others: as long as a full batch takes to be scored, since to wait
     * longer could at best halve what a vector costs. Under load batches are full before.
     */
    private long waitMillis() {
        long scoring = TimeUnit.NANOSECONDS.toMillis(deployments.nanosPerBatch());
        return Math.max(TIMER_MILLIS, Math.min(rules.maxDelayMillis(), scoring));
    }

    /**
     * One timer at a time: set when a vector starts to wait, it may find a younger batch, which is
     * then scored early.
     */
    private void onTimer() {
        timerSet = false;
        scoreFilling();
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        scoreFilling();
        if (underWay.isEmpty()) {
            super.processWatermark(mark);
        } else {
            underWay.add(mark);
        }
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        drain();
        super.processWatermarkStatus(status);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        drain();
        // What is counted of vectors before the barrier goes before it, and is in no state.
        cutAll(getProcessingTimeService().getCurrentProcessingTime());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        deployments.snapshot();
    }

    @Override
    public void finish() throws Exception {
        drain();
        cutAll(getProcessingTimeService().getCurrentProcessingTime());
        super.finish();
    }

    @Override
    public void close() throws Exception {
        try {
            if (scorers != null) {
                deployments.terminate();
                scorers.shutdownNow();
                scorers.awaitTermination(rules.timeoutMillis(), TimeUnit.MILLISECONDS);
            }
            if (deployments != null) {
                deployments.close();
            }
            if (watchdog != null) {
                watchdog.close();
            }
        } finally {
            super.close();
        }
    }

    /** Mails that come while a batch waits for its turn find it being handed over, and leave it. */
    private void scoreFilling() {
        if (filling.isEmpty() || handingOver) {
            return;
        }
        if (scorers == null) {
            filling.assign(deployments.serving());
            score(filling);
            emit(filling);
            return;
        }
        handingOver = true;
        while (free.isEmpty()) {
            yieldToMails();
        }
        handingOver = false;
        VectorBatch batch = filling;
        filling = free.remove();
        batch.assign(deployments.serving());
        underWay.add(batch);
        batchesUnderWay++;
        scorers.execute(
                () -> {
                    score(batch);
                    inTaskThread(this::emitScored, "emit predictions");
                });
    }

    /** Any thread may ask. A task that has ended does nothing more, and nobody waits for it. */
    private void inTaskThread(ThrowingRunnable<Exception> action, String name) {
        try {
            mailbox.execute(action, name);
        } catch (RejectedExecutionException e) {
            LOG.debug("The task has ended before it could: {}", name);
        }
    }

    private void yieldToMails() {
        try {
            mailbox.yield();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while vectors were being scored", e);
        }
    }

    /** Nothing is left under way. */
    private void drain() {
        scoreFilling();
        while (batchesUnderWay > 0) {
            yieldToMails();
        }
    }

    private static void score(VectorBatch batch) {
        long start = System.nanoTime();
        batch.score();
        batch.onScored(start - batch.startNanos(), System.nanoTime() - start);
    }

    /** Emits what is scored, up to the first batch that is not. */
    private void emitScored() throws Exception {
        while (!underWay.isEmpty()) {
            Object next = underWay.peek();
            if (next instanceof Watermark mark) {
                underWay.remove();
                super.processWatermark(mark);
            } else if (next instanceof VectorBatch batch && batch.isScored()) {
                underWay.remove();
                batchesUnderWay--;
                emit(batch);
                free.add(batch);
            } else {
                return;
            }
        }
    }

    /** Emits a batch and empties it. */
    private void emit(VectorBatch batch) {
        counts.onBatch(batch.size(), batch.queuedNanos(), batch.inferenceNanos());
        long now = getProcessingTimeService().getCurrentProcessingTime();
        // New for each batch: the collector is not told of what is written to a young object.
        reused = new StreamRecord<>(null);
        ServingDeployment[] serving = batch.deployments();
        int[] next = new int[serving.length];
        for (int row = 0; row < batch.size(); row++) {
            FeatureVector vector = batch.vector(row);
            for (int i = 0; i < serving.length; i++) {
                if (serving[i].isFor(vector)) {
                    emit(batch, row, i, next[i]++, now);
                }
            }
        }
        for (int i = 0; i < serving.length; i++) {
            takeNote(serving[i], batch, i, next[i]);
        }
        batch.clear();
        if (now - cutMillis >= PART_MILLIS) {
            cutAll(now);
        }
    }

    /** Sends on what was counted of all that serves. */
    private void cutAll(long now) {
        cutMillis = now;
        for (ServingDeployment serving : deployments.serving()) {
            if (serving.hasCounted()) {
                cut(serving);
            }
        }
    }

    private void cut(ServingDeployment serving) {
        long now = getProcessingTimeService().getCurrentProcessingTime();
        output.collect(SERVING, new StreamRecord<>(serving.cut(now)));
    }

    /** What every version of a deployment says of a vector, {@code scoresRow} of its scores. */
    private void emit(VectorBatch batch, int row, int deployment, int scoresRow, long now) {
        FeatureVector vector = batch.vector(row);
        long writtenMillis = batch.writtenMillis(row);
        ServingDeployment serving = batch.deployments()[deployment];
        Role served = serving.servedRole(vector.symbol(), vector.eventTimeMicros());
        for (int i = 0; i < serving.members().size(); i++) {
            ServingMember member = serving.members().get(i);
            Scores scores = batch.scores(deployment, i);
            if (scores == null && member.role() != Role.CHAMPION) {
                // Withdrawn: nobody acts on it, and the champion answers in its place.
                continue;
            }
            boolean acts = member.role() == served;
            Prediction prediction =
                    member.prediction(
                            scores, scoresRow, vector, serving.deployment().generation(), acts);
            if (acts) {
                counts.onServed(now - writtenMillis);
                // What was written before the job was there has waited for that.
                if (writtenMillis >= awakeSinceMillis) {
                    member.onServed(now - writtenMillis);
                }
            }
            output.collect(
                    reused.replace(
                            new ScoredPrediction(prediction, writtenMillis), batch.timestamp(row)));
        }
    }

    /** How a deployment's versions did with {@code rows} vectors of a batch. */
    private void takeNote(ServingDeployment serving, VectorBatch batch, int deployment, int rows) {
        if (rows > 0) {
            serving.onVectors(batch.vector(0).eventTimeMicros());
        }
        for (int i = 0; i < serving.members().size(); i++) {
            Scores scores = batch.scores(deployment, i);
            ServingMember member = serving.members().get(i);
            if (scores != null || member.role() == Role.CHAMPION) {
                member.onPredictions(scores, rows);
            }
            if (scores != null) {
                member.onCall(batch.callNanos(deployment, i));
            }
            if (scores != null && member.isOneFailureTooMany(scores, rules.maxFailures())) {
                deployments.onWithdrawn(serving.deployment(), member, rules.maxFailures());
            }
        }
        if (!deployments.isServing(serving) && serving.hasCounted()) {
            // The batch was under way when another took its place: nobody asks for it any more.
            cut(serving);
        }
    }
}
