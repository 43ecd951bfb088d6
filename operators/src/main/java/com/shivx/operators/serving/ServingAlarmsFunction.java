package com.shivx.operators.serving;

import com.shivx.models.Alarm;
import com.shivx.models.serving.ServingAlarms;
import com.shivx.models.serving.ServingPart;
import com.shivx.models.serving.ServingRules;
import com.shivx.models.serving.ServingState;
import com.shivx.operators.AlarmCounters;
import com.shivx.operators.LatestFigure;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Alarms of what scoring has counted, keyed by model. Few parts come: one a second, subtask and
 * model. It has no timer: parts bear the clock's time, and silence says nothing of serving.
 */
public final class ServingAlarmsFunction extends KeyedProcessFunction<String, ServingPart, Alarm> {

    /**
     * What 95 % of a model's predictions took at most, milliseconds from the write of their tick's
     * record, in the last window that was judged; label {@code model_id}.
     */
    private static final String LATENCY = "predictionLatencyP95Millis";

    private static final long serialVersionUID = 1;

    private final ServingRules rules;

    private transient ServingAlarms alarms;
    private transient ValueState<ServingState> states;
    private transient AlarmCounters counts;
    private transient Map<String, LatestFigure> latencies;

    /** A function that judges by rules. */
    @SuppressWarnings("NullAway.Init") // open() comes before any other call
    public ServingAlarmsFunction(ServingRules rules) {
        this.rules = rules;
    }

    /** The name of the state is never to be changed: savepoints know it. */
    @Override
    public void open(OpenContext context) {
        alarms = new ServingAlarms(rules);
        states =
                getRuntimeContext()
                        .getState(new ValueStateDescriptor<>("serving", ServingState.class));
        counts = new AlarmCounters(getRuntimeContext().getMetricGroup());
        latencies = new HashMap<>();
    }

    @Override
    public void processElement(ServingPart part, Context context, Collector<Alarm> out)
            throws Exception {
        ServingState state = states.value();
        if (state == null) {
            state = new ServingState();
        }
        for (Alarm alarm : alarms.onPart(part, state)) {
            counts.onAlarm(alarm);
            out.collect(alarm);
        }
        states.update(state);
        if (!Double.isNaN(state.latencyP95Millis)) {
            latencies.computeIfAbsent(part.model(), this::latency).set(state.latencyP95Millis);
        }
    }

    private LatestFigure latency(String model) {
        return getRuntimeContext()
                .getMetricGroup()
                .addGroup("model_id", model)
                .gauge(LATENCY, new LatestFigure());
    }
}
