package com.shivx.operators.drift;

import com.shivx.drift.live.Verdict;
import com.shivx.models.Alarm;
import com.shivx.models.drift.DriftPart;
import com.shivx.models.drift.DriftReport;
import com.shivx.operators.AlarmCounters;
import com.shivx.operators.LatestFigure;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What the judging of windows tells, a subtask each. */
final class DriftMetrics {

    /** Windows by what was said of them, label {@code verdict}. */
    private static final String WINDOWS = "driftWindows";

    /**
     * The greatest drift score of a version's columns in its last window, labels {@code model_id},
     * {@code model_version}: above 0.25 is beyond the threshold; NaN if none was judged.
     */
    private static final String SCORE = "driftScore";

    /** Vectors and predictions that were counted too late for their window or their version. */
    private static final String LATE_ROWS = "driftRowsLate";

    private final MetricGroup group;
    private final Map<Verdict, Counter> windows = new EnumMap<>(Verdict.class);
    private final AlarmCounters alarms;
    private final Map<String, LatestFigure> scores = new HashMap<>();
    private final Counter lateRows;

    DriftMetrics(MetricGroup group) {
        this.group = group;
        for (Verdict verdict : Verdict.values()) {
            windows.put(verdict, group.addGroup("verdict", verdict.name()).counter(WINDOWS));
        }
        lateRows = group.counter(LATE_ROWS);
        alarms = new AlarmCounters(group);
    }

    void onReport(DriftReport report) {
        Counter counter = windows.get(report.verdict());
        if (counter != null) {
            counter.inc();
        }
        LatestFigure score =
                scores.computeIfAbsent(
                        report.modelId() + "@" + report.modelVersion(),
                        name ->
                                group.addGroup("model_id", report.modelId())
                                        .addGroup("model_version", report.modelVersion())
                                        .gauge(SCORE, new LatestFigure()));
        score.set(report.driftScore());
    }

    void onLate(DriftPart part) {
        lateRows.inc(part.rows());
    }

    void onAlarm(Alarm alarm) {
        alarms.onAlarm(alarm);
    }
}
