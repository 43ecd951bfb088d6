package com.shivx.operators.outcomes;

import com.shivx.drift.accuracy.AccuracyCounts;
import com.shivx.models.outcome.AccuracyKey;
import com.shivx.models.outcome.AccuracyPart;
import com.shivx.models.outcome.AccuracyRow;
import com.shivx.models.outcome.VoteCount;
import com.shivx.models.outcome.VoteRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Adds the parts of one version's accuracy up and tells a row for each window, rows of nothing
 * included for as long as its last outcome is not older than {@link #QUIET}.
 *
 * <p>Two kinds of timers: the last millisecond of a window, and when a slice is counted, whose vote
 * belongs to the window of that time.
 */
public final class AccuracyFunction
        extends KeyedProcessFunction<String, AccuracyPart, AccuracyRow> {

    /** A version without an outcome for longer is not told of any more. */
    public static final Duration QUIET = Duration.ofHours(1);

    private static final long MICROS_PER_MILLI = 1_000;
    private static final long serialVersionUID = 1;

    private final long windowMillis;

    private transient ValueState<AccuracyKey> keys;
    private transient ValueState<Long> lastWindows;
    private transient MapState<Long, AccuracyCounts> windows;
    private transient MapState<String, Integer> slices;
    private transient MapState<String, VoteCount> votes;
    private transient AccuracyMetrics counts;

    /** Rows of windows of that length. */
    @SuppressWarnings("NullAway.Init") // open() comes before any other call
    public AccuracyFunction(Duration window) {
        windowMillis = window.toMillis();
    }

    @Override
    public void open(OpenContext context) {
        keys = getRuntimeContext().getState(new ValueStateDescriptor<>("key", AccuracyKey.class));
        lastWindows =
                getRuntimeContext().getState(new ValueStateDescriptor<>("last-window", Types.LONG));
        windows =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        "windows",
                                        Types.LONG,
                                        TypeInformation.of(AccuracyCounts.class)));
        slices =
                getRuntimeContext()
                        .getMapState(new MapStateDescriptor<>("slices", Types.STRING, Types.INT));
        votes =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        "votes",
                                        Types.STRING,
                                        TypeInformation.of(VoteCount.class)));
        counts = new AccuracyMetrics(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(AccuracyPart part, Context context, Collector<AccuracyRow> out)
            throws Exception {
        AccuracyCounts more = part.counts();
        String champion = part.champion();
        long start = Math.floorDiv(part.windowStartMicros(), MICROS_PER_MILLI);
        long timer =
                more == null
                        ? VoteRules.countedMillis(part.slice(), part.key().horizonMicros())
                        : start + windowMillis - 1;
        if (timer <= context.timerService().currentWatermark()) {
            counts.onLate(part);
            return;
        }
        if (keys.value() == null) {
            keys.update(part.key());
        }
        if (champion != null) {
            String slice = sliceKey(part.slice(), champion);
            Integer sum = slices.get(slice);
            slices.put(slice, part.votes() + (sum == null ? 0 : sum));
        }
        if (more != null) {
            AccuracyCounts sum = windows.get(start);
            if (sum == null) {
                sum = new AccuracyCounts();
            }
            sum.add(more);
            windows.put(start, sum);
            Long last = lastWindows.value();
            lastWindows.update(last == null ? start : Math.max(last, start));
        }
        context.timerService().registerEventTimeTimer(timer);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<AccuracyRow> out)
            throws Exception {
        countSlices(timestamp, context);
        if (Math.floorMod(timestamp + 1, windowMillis) == 0) {
            long start = timestamp + 1 - windowMillis;
            out.collect(row(start));
            if (goesOn(start, context)) {
                context.timerService().registerEventTimeTimer(timestamp + windowMillis);
            } else if (windows.isEmpty() && slices.isEmpty()) {
                keys.clear();
                lastWindows.clear();
            }
        }
    }

    /** The end of all input is no silence that rows of nothing could tell of. */
    private boolean goesOn(long start, OnTimerContext context) throws Exception {
        Long last = lastWindows.value();
        boolean ended = context.timerService().currentWatermark() == Long.MAX_VALUE;
        return last != null && start < last + (ended ? 0 : QUIET.toMillis());
    }

    private AccuracyRow row(long start) throws Exception {
        AccuracyCounts sum = windows.get(start);
        windows.remove(start);
        List<VoteCount> told = new ArrayList<>();
        votes.values().forEach(told::add);
        votes.clear();
        told.sort(Comparator.comparing(VoteCount::champion));
        return new AccuracyRow(
                keys.value(),
                start * MICROS_PER_MILLI,
                (start + windowMillis) * MICROS_PER_MILLI,
                sum == null ? new AccuracyCounts() : sum,
                told);
    }

    /** Votes of the slices that are counted now; they stand in the row that is told next. */
    private void countSlices(long timestamp, OnTimerContext context) throws Exception {
        AccuracyKey key = keys.value();
        Map<String, Integer> due = new TreeMap<>();
        for (Map.Entry<String, Integer> slice : slices.entries()) {
            if (VoteRules.countedMillis(sliceOf(slice.getKey()), key.horizonMicros())
                    == timestamp) {
                due.put(slice.getKey(), slice.getValue());
            }
        }
        for (Map.Entry<String, Integer> slice : due.entrySet()) {
            slices.remove(slice.getKey());
            String champion = championOf(slice.getKey());
            VoteCount before = votes.get(champion);
            votes.put(
                    champion,
                    (before == null ? VoteCount.none(champion) : before).plus(slice.getValue()));
            context.timerService()
                    .registerEventTimeTimer(
                            timestamp + windowMillis - 1 - Math.floorMod(timestamp, windowMillis));
        }
    }

    private static String sliceKey(long slice, String champion) {
        return slice + "~" + champion;
    }

    private static long sliceOf(String key) {
        return Long.parseLong(key, 0, key.indexOf('~'), 10);
    }

    private static String championOf(String key) {
        return key.substring(key.indexOf('~') + 1);
    }
}
