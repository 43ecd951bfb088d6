package com.shivx.operators.lifecycle;

import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.deployment.LifecycleState;
import com.shivx.models.lifecycle.Lifecycle;
import com.shivx.models.lifecycle.LifecycleDecisions;
import com.shivx.models.lifecycle.LifecycleInput;
import com.shivx.models.lifecycle.ModelLife;
import com.shivx.models.lifecycle.RetrainRequest;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Decides one input after another, keyed by model: what serves is sent on, each decision is said in
 * {@link #EVENTS}, and trainings are asked for in {@link #RETRAIN_REQUESTS}. One timer of the clock
 * a model, for what must happen although nothing arrives.
 */
public final class LifecycleFunction
        extends KeyedProcessFunction<String, LifecycleInput, Deployment> {

    /** Every decision. */
    public static final OutputTag<LifecycleEvent> EVENTS = new OutputTag<>("lifecycle-events") {};

    /** Trainings that shall be made. */
    public static final OutputTag<RetrainRequest> RETRAIN_REQUESTS =
            new OutputTag<>("retrain-requests") {};

    private static final long serialVersionUID = 1;

    private static final ValueStateDescriptor<LifecycleState> DEPLOYED =
            new ValueStateDescriptor<>("lifecycle", LifecycleState.class);

    private static final ValueStateDescriptor<ModelLife> LIFE =
            new ValueStateDescriptor<>("life", ModelLife.class);

    private final LifecycleSettings settings;
    private final Map<String, Deployment> inForce;
    private final Map<String, Long> lastEvents;

    private transient Lifecycle lifecycle;
    private transient ValueState<LifecycleState> deployments;
    private transient ValueState<ModelLife> lives;
    private transient LifecycleMetrics counts;

    /**
     * A function that decides by those settings.
     *
     * @param inForce what was in force when the job was started, published by an earlier one or
     *     served from the start, by model; a model's own state goes before it
     * @param lastEvents number of the latest event that was published by then, by model
     */
    @SuppressWarnings("NullAway.Init") // open() comes before any other call
    public LifecycleFunction(
            LifecycleSettings settings,
            Map<String, Deployment> inForce,
            Map<String, Long> lastEvents) {
        this.settings = settings;
        this.inForce = Map.copyOf(inForce);
        this.lastEvents = Map.copyOf(lastEvents);
    }

    @Override
    public void open(OpenContext context) {
        lifecycle = settings.lifecycle();
        deployments = getRuntimeContext().getState(DEPLOYED);
        lives = getRuntimeContext().getState(LIFE);
        counts = new LifecycleMetrics(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(LifecycleInput input, Context context, Collector<Deployment> out)
            throws Exception {
        String model = context.getCurrentKey();
        take(
                lifecycle.decide(
                        deployed(model),
                        life(model),
                        input,
                        context.timerService().currentProcessingTime()),
                life(model).wakeMillis(),
                context,
                out);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Deployment> out)
            throws Exception {
        String model = context.getCurrentKey();
        take(
                lifecycle.wake(
                        model,
                        deployed(model),
                        life(model),
                        Math.max(timestamp, context.timerService().currentProcessingTime())),
                timestamp,
                context,
                out);
    }

    private LifecycleState deployed(String model) throws Exception {
        LifecycleState deployed = deployments.value();
        return deployed == null ? LifecycleState.of(inForce.get(model)) : deployed;
    }

    private ModelLife life(String model) throws Exception {
        ModelLife life = lives.value();
        return life == null ? ModelLife.from(lastEvents.getOrDefault(model, 0L)) : life;
    }

    private void take(
            LifecycleDecisions decisions,
            long timerMillis,
            Context context,
            Collector<Deployment> out)
            throws Exception {
        if (decisions.isRemembered()) {
            deployments.update(decisions.deployed());
            lives.update(decisions.life());
            setTimer(timerMillis, decisions.life().wakeMillis(), context.timerService());
        }
        decisions
                .events()
                .forEach(
                        event -> {
                            counts.onDecision(event);
                            context.output(EVENTS, event);
                        });
        decisions.retrainRequests().forEach(request -> context.output(RETRAIN_REQUESTS, request));
        decisions.deployments().forEach(out::collect);
    }

    private static void setTimer(long before, long after, TimerService timers) {
        if (before == after) {
            return;
        }
        if (before != Long.MAX_VALUE) {
            timers.deleteProcessingTimeTimer(before);
        }
        if (after != Long.MAX_VALUE) {
            timers.registerProcessingTimeTimer(after);
        }
    }
}
