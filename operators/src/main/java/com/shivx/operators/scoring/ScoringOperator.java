package com.shivx.operators.scoring;

import com.shivx.models.Prediction;
import com.shivx.models.Role;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.onnx.BatchScorer;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.onnx.Scores;
import com.shivx.models.onnx.SharedModels;
import com.shivx.operators.features.TickVector;
import java.util.Arrays;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.jspecify.annotations.Nullable;

/**
 * Scores ready vectors in batches and emits one prediction for each, in their order.
 *
 * <p>Invariant: between two calls a vector is either in the pending batch or its prediction has
 * been emitted, and nothing that came after it (watermark, barrier, end of input) has been
 * forwarded before it. Hence a batch is scored when it is full, when its oldest vector has waited
 * long enough, before a watermark, before a barrier and at the end of input; the operator needs no
 * state.
 */
public final class ScoringOperator extends AbstractStreamOperator<ScoredPrediction>
        implements OneInputStreamOperator<TickVector, ScoredPrediction> {

    private static final long serialVersionUID = 1;

    /**
     * This job's on this TaskManager: static, and so of the class loader that a TaskManager has for
     * each job.
     */
    private static final SharedModels MODELS = new SharedModels();

    private static final String RELEASE_HOOK = "shivx-models";

    /** The model a job starts with is its first deployment. */
    private static final long GENERATION = 1;

    private final ModelArtifact artifact;
    private final BatchRules rules;

    private transient TickVector[] pending;
    private transient long[] timestamps;
    private transient int size;
    private transient boolean timerSet;
    private transient StreamRecord<ScoredPrediction> reused;
    private transient ScoringMetrics counts;
    private transient SharedModels.@Nullable Lease lease;
    private transient @Nullable BatchScorer scorer;

    @SuppressWarnings("NullAway.Init") // open() comes before any other call
    ScoringOperator(
            StreamOperatorParameters<ScoredPrediction> parameters,
            ModelArtifact artifact,
            BatchRules rules) {
        super(parameters);
        this.artifact = artifact;
        this.rules = rules;
        this.processingTimeService = parameters.getProcessingTimeService();
    }

    @Override
    public void open() throws Exception {
        super.open();
        pending = new TickVector[rules.maxSize()];
        timestamps = new long[rules.maxSize()];
        reused = new StreamRecord<>(null);
        counts = new ScoringMetrics(getMetricGroup());
        getRuntimeContext()
                .registerUserCodeClassLoaderReleaseHookIfAbsent(RELEASE_HOOK, MODELS::close);
        lease = MODELS.acquire(artifact, ModelLoader.DEFAULT);
        scorer = lease.model().newScorer(rules.maxSize());
    }

    @Override
    public void processElement(StreamRecord<TickVector> element) throws Exception {
        if (!element.getValue().vector().ready()) {
            return;
        }
        pending[size] = element.getValue();
        timestamps[size] = element.getTimestamp();
        size++;
        if (size == rules.maxSize()) {
            scorePending();
        } else if (!timerSet) {
            timerSet = true;
            ProcessingTimeService clock = getProcessingTimeService();
            clock.registerTimer(
                    clock.getCurrentProcessingTime() + rules.maxDelayMillis(), time -> onTimer());
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        scorePending();
        super.processWatermark(mark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        scorePending();
    }

    @Override
    public void finish() throws Exception {
        scorePending();
        super.finish();
    }

    @Override
    public void close() throws Exception {
        try {
            if (scorer != null) {
                scorer.close();
                scorer = null;
            }
        } finally {
            if (lease != null) {
                lease.close();
                lease = null;
            }
            super.close();
        }
    }

    /**
     * One timer at a time: set when a vector starts to wait, it may find a younger batch, which is
     * then scored early.
     */
    private void onTimer() {
        timerSet = false;
        scorePending();
    }

    private void scorePending() {
        if (size == 0 || scorer == null) {
            return;
        }
        long start = System.nanoTime();
        Scores scores = scorer.score(size, i -> pending[i].vector().values());
        counts.onBatch(size, System.nanoTime() - start);
        for (int i = 0; i < size; i++) {
            Prediction prediction =
                    scores.prediction(i, pending[i].vector(), GENERATION, Role.CHAMPION, true);
            counts.onPrediction(prediction);
            output.collect(
                    reused.replace(
                            new ScoredPrediction(prediction, pending[i].writtenMillis()),
                            timestamps[i]));
        }
        Arrays.fill(pending, 0, size, null);
        size = 0;
    }
}
