package com.shivx.operators.lifecycle;

import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentDecision;
import com.shivx.models.deployment.DeploymentPolicy;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.deployment.LifecycleState;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Decides requests in their order, keyed by model: what is accepted becomes the deployment in
 * force, and what became of each is said in {@link #EVENTS}.
 */
public final class LifecycleFunction
        extends KeyedProcessFunction<String, DeploymentRequest, Deployment> {

    /** What became of each request. */
    public static final OutputTag<LifecycleEvent> EVENTS = new OutputTag<>("lifecycle-events") {};

    private static final long serialVersionUID = 1;

    private static final ValueStateDescriptor<LifecycleState> STATE =
            new ValueStateDescriptor<>("lifecycle", LifecycleState.class);

    private final DeploymentPolicy policy;
    private final Map<String, Deployment> inForce;

    private transient ValueState<LifecycleState> states;
    private transient LifecycleMetrics counts;

    /**
     * A function that decides by a policy.
     *
     * @param inForce what was in force when the job was started, published by an earlier one or
     *     served from the start, by model; a model's own state goes before it
     */
    @SuppressWarnings("NullAway.Init") // open() comes before any other call
    public LifecycleFunction(DeploymentPolicy policy, Map<String, Deployment> inForce) {
        this.policy = policy;
        this.inForce = Map.copyOf(inForce);
    }

    @Override
    public void open(OpenContext context) {
        states = getRuntimeContext().getState(STATE);
        counts = new LifecycleMetrics(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(
            DeploymentRequest request, Context context, Collector<Deployment> out)
            throws Exception {
        LifecycleState before = states.value();
        if (before == null) {
            before = LifecycleState.of(inForce.get(request.model()));
        }
        if (before.remembers(request.requestId())) {
            tell(LifecycleEvent.repeated(request, before.generation()), context);
            return;
        }
        DeploymentDecision decision = policy.decide(before.inForce(), request);
        LifecycleState after = before.after(request, decision);
        // Misspelt names come without end, and nothing will ever be deployed under them.
        if (DeploymentPolicy.isWellNamed(request)) {
            states.update(after);
        }
        tell(LifecycleEvent.of(request, decision, after.generation()), context);
        if (decision.deployment() != null) {
            out.collect(decision.deployment());
        }
    }

    private void tell(LifecycleEvent event, Context context) {
        counts.onRequest(event);
        context.output(EVENTS, event);
    }
}
