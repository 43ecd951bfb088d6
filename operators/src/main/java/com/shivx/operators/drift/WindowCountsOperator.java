package com.shivx.operators.drift;

import com.shivx.features.FeatureVector;
import com.shivx.models.Prediction;
import com.shivx.models.drift.DriftCounts;
import com.shivx.models.drift.DriftPart;
import com.shivx.models.drift.WatchedDeployment;
import com.shivx.operators.OneInputFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Counts what one subtask sees into panes of windows, so that no key is hot and what is sent on
 * does not grow with the rows: a part a version and pane, when event time has passed it.
 *
 * <p>Invariant: a part is sent before the watermark that closes its pane, and before the subtask is
 * idle, since nobody waits for it then. What a snapshot held is sent with the first thing after a
 * restore, whoever got it: parts add up, and a subtask that reads nothing any more would keep them
 * for ever.
 */
public final class WindowCountsOperator extends AbstractStreamOperator<DriftPart>
        implements OneInputStreamOperator<DriftInput, DriftPart> {

    /** Names of the states: never to be changed, savepoints know them. */
    private static final String DEPLOYMENTS = "watched-deployments";

    private static final String WINDOWS = "windows";

    private static final long serialVersionUID = 1;

    private final List<WatchedDeployment> initial;
    private final int overlap;

    private transient DriftCounts counts;
    private transient CountingMetrics counted;
    private transient BroadcastState<String, WatchedDeployment> deployments;
    private transient ListState<DriftPart> windows;
    private transient List<DriftPart> unsent;
    private transient StreamRecord<DriftPart> reused;
    private transient long watermarkMillis;

    @SuppressWarnings("NullAway.Init") // initializeState() comes before any other call
    WindowCountsOperator(
            StreamOperatorParameters<DriftPart> parameters,
            List<WatchedDeployment> initial,
            int overlap) {
        super(parameters);
        this.initial = initial;
        this.overlap = overlap;
    }

    /**
     * Of the operators of a job.
     *
     * @param initial what is watched before any deployment comes, where the state knows none newer
     * @param overlap in how many windows each row lies
     */
    public static OneInputFactory<DriftInput, DriftPart> factory(
            List<WatchedDeployment> initial, int overlap) {
        ArrayList<WatchedDeployment> watched = new ArrayList<>(initial);
        return new OneInputFactory<>(
                WindowCountsOperator.class,
                parameters -> new WindowCountsOperator(parameters, watched, overlap));
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        deployments =
                context.getOperatorStateStore()
                        .getBroadcastState(
                                new MapStateDescriptor<>(
                                        DEPLOYMENTS, String.class, WatchedDeployment.class));
        windows =
                context.getOperatorStateStore()
                        .getListState(new ListStateDescriptor<>(WINDOWS, DriftPart.class));
        counts = new DriftCounts(overlap);
        counted = new CountingMetrics(getMetricGroup());
        reused = new StreamRecord<>(null);
        watermarkMillis = Long.MIN_VALUE;
        unsent = new ArrayList<>();
        for (Map.Entry<String, WatchedDeployment> known : deployments.immutableEntries()) {
            counts.watch(known.getValue());
        }
        for (WatchedDeployment deployment : initial) {
            unsent.addAll(counts.watch(deployment));
        }
        for (WatchedDeployment deployment : counts.deployments()) {
            deployments.put(deployment.model(), deployment);
        }
        windows.get().forEach(unsent::add);
    }

    @Override
    public void processElement(StreamRecord<DriftInput> element) throws Exception {
        sendUnsent();
        FeatureVector vector = element.getValue().vector();
        Prediction prediction = element.getValue().prediction();
        WatchedDeployment deployment = element.getValue().deployment();
        if (vector != null) {
            counted.onLateVectors(counts.count(vector, watermarkMillis));
        }
        if (prediction != null) {
            counted.onLatePredictions(counts.count(prediction, watermarkMillis));
        }
        if (deployment != null) {
            List<DriftPart> parts = counts.watch(deployment);
            if (!parts.isEmpty()) {
                deployments.put(deployment.model(), deployment);
                send(parts);
            }
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        sendUnsent();
        watermarkMillis = mark.getTimestamp();
        send(counts.takeClosed(watermarkMillis));
        super.processWatermark(mark);
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        sendUnsent();
        if (status.isIdle()) {
            send(counts.takeAll());
        }
        super.processWatermarkStatus(status);
    }

    @Override
    public void finish() throws Exception {
        sendUnsent();
        send(counts.takeAll());
        super.finish();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        List<DriftPart> parts = new ArrayList<>(unsent);
        parts.addAll(counts.open());
        windows.update(parts);
    }

    private void sendUnsent() {
        if (!unsent.isEmpty()) {
            send(unsent);
            unsent = new ArrayList<>();
        }
    }

    private void send(List<DriftPart> parts) {
        for (DriftPart part : parts) {
            output.collect(reused.replace(part));
        }
    }
}
