package com.shivx.operators.drift;

import com.shivx.drift.live.DriftRules;
import com.shivx.models.Alarm;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.drift.DriftPart;
import com.shivx.models.drift.DriftReport;
import com.shivx.models.drift.DriftWatch;
import com.shivx.models.drift.VersionDrift;
import com.shivx.models.drift.VersionReference;
import com.shivx.models.drift.WatchedDeployment;
import com.shivx.models.drift.WatchedVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds what is counted of windows up, keyed by model, and judges each window of every deployed
 * version when event time has passed it, windows without rows included. Few parts come: one a
 * version, pane and subtask.
 *
 * <p>One timer a version, the last millisecond of the window that is reported next, and one for
 * each pane with rows, which wakes a version that had been silent for long. A version that is
 * deployed while nothing is known of event time has a timer at its beginning.
 */
public final class DriftFunction extends KeyedProcessFunction<String, DriftPart, DriftReport> {

    /** Drift, and what a model expects of its own accuracy. */
    public static final OutputTag<Alarm> ALARMS = new OutputTag<>("alarms") {};

    private static final Logger LOG = LoggerFactory.getLogger(DriftFunction.class);

    private static final long serialVersionUID = 1;

    private final DriftRules rules;
    private final int overlap;
    private final long cooldownMicros;

    private transient DriftWatch watch;
    private transient ValueState<Long> generations;
    private transient MapState<String, WatchedVersion> references;
    private transient MapState<String, VersionDrift> versions;
    private transient MapState<String, DriftPart> panes;
    private transient DriftMetrics metrics;

    /** Made of what the state has, by model and version. */
    private transient Map<String, VersionReference> ready;

    /**
     * A function that judges by rules.
     *
     * @param overlap in how many windows each row lies
     * @param cooldownMicros event time from one raising of an alarm to the next, at least
     */
    @SuppressWarnings("NullAway.Init") // open() comes before any other call
    public DriftFunction(DriftRules rules, int overlap, long cooldownMicros) {
        this.rules = rules;
        this.overlap = overlap;
        this.cooldownMicros = cooldownMicros;
    }

    @Override
    public void open(OpenContext context) {
        watch = new DriftWatch(rules, cooldownMicros);
        generations =
                getRuntimeContext().getState(new ValueStateDescriptor<>("generation", Types.LONG));
        references = states("references", WatchedVersion.class);
        versions = states("versions", VersionDrift.class);
        panes = states("windows", DriftPart.class);
        metrics = new DriftMetrics(getRuntimeContext().getMetricGroup());
        ready = new HashMap<>();
    }

    /** The names of states are never to be changed: savepoints know them. */
    private <T> MapState<String, T> states(String name, Class<T> type) {
        return getRuntimeContext()
                .getMapState(
                        new MapStateDescriptor<>(name, Types.STRING, TypeInformation.of(type)));
    }

    @Override
    public void processElement(DriftPart part, Context context, Collector<DriftReport> out)
            throws Exception {
        WatchedDeployment deployment = part.announced();
        if (deployment != null) {
            Long known = generations.value();
            if (known == null || known < deployment.generation()) {
                onDeployment(deployment, context, out);
            }
        } else {
            VersionDrift state = versions.get(part.version());
            if (state == null
                    || watch.isLate(part, context.timerService().currentWatermark(), state)) {
                metrics.onLate(part);
            } else {
                String key = paneKey(part.version(), part.windowStartMicros());
                DriftPart sum = panes.get(key);
                panes.put(key, sum == null ? part : sum.plus(part));
                context.timerService().registerEventTimeTimer(part.lastMillis());
            }
        }
    }

    /** Every subtask that counts tells of it; the first is heard. */
    private void onDeployment(
            WatchedDeployment deployment, Context context, Collector<DriftReport> out)
            throws Exception {
        generations.update(deployment.generation());
        Set<String> gone = names();
        for (WatchedVersion version : deployment.versions()) {
            gone.remove(version.version());
            references.put(version.version(), version);
            ready.remove(readyKey(deployment.model(), version.version()));
            VersionDrift state = versions.get(version.version());
            if (state == null) {
                state = new VersionDrift();
            }
            tell(
                    watch.onDeployed(deployment.model(), deployment.generation(), version, state),
                    context,
                    out);
            VersionReference reference = reference(deployment.model(), version.version());
            if (reference != null) {
                context.timerService()
                        .registerEventTimeTimer(
                                watch.firstLookMillis(
                                        reference.windows(),
                                        context.timerService().currentWatermark(),
                                        state));
            }
            versions.put(version.version(), state);
        }
        for (String version : gone) {
            VersionDrift state = versions.get(version);
            if (state.deployed) {
                tell(
                        watch.onWithdrawn(
                                deployment.model(), version, deployment.generation(), state),
                        context,
                        out);
            }
            keepOrForget(deployment.model(), version, state);
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<DriftReport> out)
            throws Exception {
        for (String version : names()) {
            VersionDrift state = versions.get(version);
            VersionReference reference = reference(context.getCurrentKey(), version);
            if (reference != null) {
                long now = context.timerService().currentWatermark();
                while (watch.isDue(
                        reference.windows(), timestamp, now, firstCounted(version), state)) {
                    tell(
                            watch.judge(
                                    reference, counted(context, version, reference, state), state),
                            context,
                            out);
                    removeBefore(state.nextStartMicros, version);
                    watch.goOn(reference.windows(), isCounted(version), now, state);
                }
                if (state.reporting) {
                    context.timerService()
                            .registerEventTimeTimer(
                                    reference.windows().lastMillis(state.nextStartMicros));
                }
            }
            keepOrForget(context.getCurrentKey(), version, state);
        }
    }

    /** What was counted of the next window; of one without rows nothing. */
    private DriftPart counted(
            OnTimerContext context, String version, VersionReference reference, VersionDrift state)
            throws Exception {
        DriftPart window =
                DriftPart.empty(
                        context.getCurrentKey(),
                        version,
                        state.nextStartMicros,
                        reference.windows().endMicros(state.nextStartMicros));
        for (long start : starts(version)) {
            DriftPart pane =
                    start < window.windowEndMicros() ? panes.get(paneKey(version, start)) : null;
            if (pane != null && pane.isWithin(window)) {
                window.add(pane);
            }
        }
        return window;
    }

    private void removeBefore(long startMicros, String version) throws Exception {
        for (long start : starts(version)) {
            if (start < startMicros) {
                panes.remove(paneKey(version, start));
            }
        }
    }

    /**
     * A version that is not deployed any more is forgotten with its last window, of which the
     * slowest of those that count may send a part until then.
     */
    private void keepOrForget(String model, String version, VersionDrift state) throws Exception {
        boolean hasWindows =
                reference(model, version) != null && (state.reporting || isCounted(version));
        if (state.deployed || hasWindows) {
            versions.put(version, state);
        } else {
            removeBefore(Long.MAX_VALUE, version);
            versions.remove(version);
            references.remove(version);
            ready.remove(readyKey(model, version));
        }
    }

    private Set<String> names() throws Exception {
        Set<String> names = new TreeSet<>();
        versions.keys().forEach(names::add);
        return names;
    }

    /** Read from the state once: it is large. */
    private @Nullable VersionReference reference(String model, String version) throws Exception {
        VersionReference known = ready.get(readyKey(model, version));
        if (known != null) {
            return known;
        }
        WatchedVersion watched = references.get(version);
        if (watched == null || watched.unwatched() != null) {
            return null;
        }
        try {
            VersionReference reference = VersionReference.of(watched, overlap);
            ready.put(readyKey(model, version), reference);
            return reference;
        } catch (ModelRefusedException e) {
            // It was of use where it was found; what is missing is missing here.
            LOG.warn("{}@{} is not watched any more", model, version, e);
            return null;
        }
    }

    private void tell(DriftWatch.Told told, Context context, Collector<DriftReport> out) {
        for (DriftReport report : told.reports()) {
            metrics.onReport(report);
            out.collect(report);
        }
        List<Alarm> alarms = told.alarms();
        for (Alarm alarm : alarms) {
            metrics.onAlarm(alarm);
            context.output(ALARMS, alarm);
        }
    }

    private boolean isCounted(String version) throws Exception {
        return firstCounted(version) != Long.MAX_VALUE;
    }

    /** Start of the earliest pane with rows; the greatest of all numbers without one. */
    private long firstCounted(String version) throws Exception {
        return starts(version).stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    }

    /** Starts of a version's panes. */
    private List<Long> starts(String version) throws Exception {
        List<Long> starts = new ArrayList<>();
        for (String key : panes.keys()) {
            if (key.startsWith(version + "~")) {
                starts.add(Long.parseLong(key, version.length() + 1, key.length(), 10));
            }
        }
        return starts;
    }

    private static String paneKey(String version, long startMicros) {
        return version + "~" + startMicros;
    }

    private static String readyKey(String model, String version) {
        return model + "@" + version;
    }
}
