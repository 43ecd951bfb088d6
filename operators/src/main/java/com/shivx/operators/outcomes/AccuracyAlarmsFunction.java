package com.shivx.operators.outcomes;

import com.shivx.models.Alarm;
import com.shivx.models.outcome.AccuracyAlarmRules;
import com.shivx.models.outcome.AccuracyAlarmState;
import com.shivx.models.outcome.AccuracyAlarms;
import com.shivx.models.outcome.AccuracyKey;
import com.shivx.models.outcome.AccuracyRow;
import com.shivx.models.outcome.RateAlarms;
import com.shivx.models.outcome.RateState;
import com.shivx.models.outcome.ValidatedDeployment;
import com.shivx.models.outcome.ValidatedVersion;
import com.shivx.operators.AlarmCounters;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Alarms of rows of accuracy beside what deployed versions were validated to be, keyed by model. A
 * version of which no deployment tells, such as the one that a job was started with, has only the
 * bounds that need no validated figure.
 */
public final class AccuracyAlarmsFunction
        extends KeyedCoProcessFunction<String, AccuracyRow, ValidatedDeployment, Alarm> {

    /** The clock is the timer service's, which is there with the first record or timer. */
    private static final long NOT_YET = -1;

    private static final long serialVersionUID = 1;

    private final AccuracyAlarmRules rules;
    private final long rateTimeoutMillis;

    private transient AccuracyAlarms alarms;
    private transient ValueState<Long> generations;
    private transient MapState<String, ValidatedVersion> versions;
    private transient MapState<String, AccuracyAlarmState> states;
    private transient ValueState<RateState> rates;
    private transient RateAlarms rateAlarms;
    private transient long awakeSinceMillis;
    private transient AlarmCounters counts;

    /**
     * A function that judges by rules.
     *
     * @param rateTimeoutMillis clock time without an outcome that is an alarm; 0 for none
     */
    @SuppressWarnings("NullAway.Init") // open() comes before any other call
    public AccuracyAlarmsFunction(AccuracyAlarmRules rules, long rateTimeoutMillis) {
        this.rules = rules;
        this.rateTimeoutMillis = rateTimeoutMillis;
    }

    /** The names of states are never to be changed: savepoints know them. */
    @Override
    public void open(OpenContext context) {
        alarms = new AccuracyAlarms(rules);
        generations =
                getRuntimeContext().getState(new ValueStateDescriptor<>("generation", Types.LONG));
        versions =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        "validated",
                                        Types.STRING,
                                        TypeInformation.of(ValidatedVersion.class)));
        states =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        "alarms",
                                        Types.STRING,
                                        TypeInformation.of(AccuracyAlarmState.class)));
        rates = getRuntimeContext().getState(new ValueStateDescriptor<>("rate", RateState.class));
        rateAlarms = new RateAlarms(rateTimeoutMillis);
        awakeSinceMillis = NOT_YET;
        counts = new AlarmCounters(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement1(AccuracyRow row, Context context, Collector<Alarm> out)
            throws Exception {
        Long generation = generations.value();
        if (rateAlarms.isNews(row)) {
            onNews(row, generation == null ? 0 : generation, context, out);
        }
        ValidatedVersion validated = versions.get(row.key().modelVersion());
        if (generation != null && validated == null) {
            // Outcomes of what it had predicted while it was deployed.
            return;
        }
        String key = row.key().text();
        AccuracyAlarmState state = states.get(key);
        if (state == null) {
            state = new AccuracyAlarmState();
        }
        tell(
                alarms.onRow(
                        row,
                        generation == null ? 0 : generation,
                        validated == null
                                ? ValidatedVersion.unknown(row.key().modelVersion())
                                : validated,
                        state),
                out);
        states.put(key, state);
    }

    private void onNews(AccuracyRow row, long generation, Context context, Collector<Alarm> out)
            throws Exception {
        RateState rate = rates.value();
        if (rate == null) {
            rate = new RateState();
        }
        TimerService timers = context.timerService();
        long now = timers.currentProcessingTime();
        wake(now);
        timers.deleteProcessingTimeTimer(rate.deadlineMillis);
        tell(rateAlarms.onNews(row, generation, now, rate), out);
        timers.registerProcessingTimeTimer(rate.deadlineMillis);
        rates.update(rate);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Alarm> out)
            throws Exception {
        RateState rate = rates.value();
        if (rate == null) {
            return;
        }
        long now = context.timerService().currentProcessingTime();
        wake(now);
        Long generation = generations.value();
        tell(
                rateAlarms.onTimer(
                        context.getCurrentKey(),
                        generation == null ? 0 : generation,
                        now,
                        awakeSinceMillis,
                        rate),
                out);
        if (rateAlarms.isWaiting(now, rate)) {
            context.timerService().registerProcessingTimeTimer(rate.deadlineMillis);
        }
        rates.update(rate);
    }

    /** A timer that was due while the job was away comes first, and tells that it is back. */
    private void wake(long now) {
        if (awakeSinceMillis == NOT_YET) {
            awakeSinceMillis = now;
        }
    }

    @Override
    public void processElement2(
            ValidatedDeployment deployment, Context context, Collector<Alarm> out)
            throws Exception {
        Long known = generations.value();
        if (known != null && known >= deployment.generation()) {
            return;
        }
        generations.update(deployment.generation());
        Set<String> deployed = new HashSet<>();
        versions.clear();
        for (ValidatedVersion version : deployment.versions()) {
            deployed.add(version.version());
            versions.put(version.version(), version);
        }
        Map<String, AccuracyAlarmState> gone = new TreeMap<>();
        for (Map.Entry<String, AccuracyAlarmState> entry : states.entries()) {
            AccuracyKey key = entry.getValue().key;
            if (key == null || !deployed.contains(key.modelVersion())) {
                gone.put(entry.getKey(), entry.getValue());
            }
        }
        for (Map.Entry<String, AccuracyAlarmState> entry : gone.entrySet()) {
            tell(alarms.onWithdrawn(deployment.generation(), entry.getValue()), out);
            states.remove(entry.getKey());
        }
    }

    private void tell(List<Alarm> told, Collector<Alarm> out) {
        for (Alarm alarm : told) {
            counts.onAlarm(alarm);
            out.collect(alarm);
        }
    }
}
