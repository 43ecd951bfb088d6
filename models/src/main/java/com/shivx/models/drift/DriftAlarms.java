package com.shivx.models.drift;

import com.shivx.drift.live.ColumnReport;
import com.shivx.drift.live.EstimatedAccuracy;
import com.shivx.drift.live.Verdict;
import com.shivx.drift.live.Watching;
import com.shivx.models.Alarm;
import com.shivx.models.AlarmMemory;
import com.shivx.models.artifact.ReferenceColumns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Raises and clears alarms by the reports of a version, in their order.
 *
 * <ul>
 *   <li>DRIFT while a column has been beyond its threshold in as many of its last judged windows as
 *       the rules ask for. Windows that could not be judged neither raise nor clear it. Where
 *       windows overlap, those of each phase are counted apart, and it is cleared when no phase has
 *       such a column.
 *   <li>ESTIMATED_ACCURACY from a window whose estimate lies outside of what chunks of the
 *       reference show, until one lies within.
 * </ul>
 *
 * Each is told when it is raised and when it is cleared, once, and not raised again before the
 * cooldown is over: what has not ended by then is raised then.
 */
public final class DriftAlarms {

    private final int beyond;
    private final long cooldownMicros;

    /**
     * Alarms.
     *
     * @param beyond in how many of its last windows a column must have been beyond its threshold
     * @param cooldownMicros event time from one raising to the next, at least; 0 or more
     */
    public DriftAlarms(int beyond, long cooldownMicros) {
        if (cooldownMicros < 0) {
            throw new IllegalArgumentException(
                    "a cooldown of %d µs; let it be 0 or more".formatted(cooldownMicros));
        }
        this.beyond = beyond;
        this.cooldownMicros = cooldownMicros;
    }

    /**
     * What a report raises or clears.
     *
     * @param phase of the report's window, one of the version's
     */
    List<Alarm> onReport(DriftReport report, PhaseDrift phase, VersionDrift version) {
        List<Alarm> alarms = new ArrayList<>();
        drift(report, phase, version, alarms);
        estimate(report, version.alarms, alarms);
        return alarms;
    }

    /** The version is not deployed any more: what is raised is cleared. */
    List<Alarm> onWithdrawn(String model, String version, long generation, VersionDrift drift) {
        DriftAlarmState state = drift.alarms;
        List<Alarm> alarms = new ArrayList<>();
        clear(state.drift, Alarm.Kind.DRIFT, model, version, generation, alarms);
        clear(state.estimate, Alarm.Kind.ESTIMATED_ACCURACY, model, version, generation, alarms);
        state.beyond.clear();
        for (PhaseDrift phase : drift.phases) {
            phase.beyond.clear();
        }
        return alarms;
    }

    private static void clear(
            AlarmMemory memory,
            Alarm.Kind kind,
            String model,
            String version,
            long generation,
            List<Alarm> alarms) {
        if (memory.raised) {
            memory.raised = false;
            alarms.add(
                    new Alarm(
                            id(kind, model, version),
                            kind,
                            false,
                            model,
                            version,
                            generation,
                            "%s@%s is not deployed any more".formatted(model, version),
                            0,
                            Map.of()));
        }
    }

    private void drift(
            DriftReport report, PhaseDrift phase, VersionDrift version, List<Alarm> alarms) {
        List<ColumnReport> drifted = new ArrayList<>();
        for (ColumnReport column : report.columns()) {
            remember(column, report.windowStartMicros(), phase.beyond);
            if (column.timesBeyond() >= beyond) {
                drifted.add(column);
            }
        }
        phase.drifted = !drifted.isEmpty();
        if (!phase.drifted && version.isDrifted()) {
            // Raised or to be raised by the windows of another phase.
            return;
        }
        AlarmMemory memory = version.alarms.drift;
        switch (memory.update(phase.drifted, report.windowEndMicros(), cooldownMicros)) {
            case RAISE -> alarms.add(drifted(report, drifted, phase.beyond));
            case CLEAR ->
                    alarms.add(
                            alarm(
                                    report,
                                    Alarm.Kind.DRIFT,
                                    false,
                                    "no column was beyond its threshold in %d of its last windows"
                                            .formatted(beyond),
                                    report.windowStartMicros(),
                                    Map.of("columns", 0.0)));
            case NOTHING -> {
                // Told already, or not to be told yet.
            }
        }
    }

    /** Of a judged window only; as many starts as there are times. */
    private static void remember(
            ColumnReport column, long windowStartMicros, Map<String, long[]> beyond) {
        long[] before = beyond.getOrDefault(column.name(), new long[0]);
        boolean isMore = isJudged(column) && isBeyond(column);
        int kept = column.timesBeyond() - (isMore ? 1 : 0);
        int from = Math.max(0, before.length - kept);
        long[] starts = new long[before.length - from + (isMore ? 1 : 0)];
        System.arraycopy(before, from, starts, 0, before.length - from);
        if (isMore) {
            starts[starts.length - 1] = windowStartMicros;
        }
        if (starts.length == 0) {
            beyond.remove(column.name());
        } else {
            beyond.put(column.name(), starts);
        }
    }

    private static boolean isJudged(ColumnReport column) {
        return switch (column.verdict()) {
            case OK, WARN, ALERT -> true;
            case INSUFFICIENT, BLIND, UNWATCHED -> false;
        };
    }

    private static boolean isBeyond(ColumnReport column) {
        return column.watching() == Watching.RANGE
                ? column.belowRange() + column.aboveRange() > 0
                : column.isBeyond();
    }

    private static Alarm drifted(
            DriftReport report, List<ColumnReport> drifted, Map<String, long[]> beyond) {
        ColumnReport worst =
                drifted.stream().max(Comparator.comparingDouble(DriftAlarms::score)).orElseThrow();
        long since = report.windowStartMicros();
        Map<String, Double> evidence = new TreeMap<>();
        for (ColumnReport column : drifted) {
            since = Math.min(since, beyond.getOrDefault(column.name(), new long[] {since})[0]);
            evidence.put("drift_score." + column.name(), column.driftScore());
        }
        evidence.put("columns", (double) drifted.size());
        evidence.put(
                Alarm.DRIFTED_ANSWERS,
                (double)
                        drifted.stream()
                                .filter(column -> ReferenceColumns.isAnswer(column.name()))
                                .count());
        evidence.put("drifted_share", report.driftedShare());
        evidence.put("ks", worst.ks());
        evidence.put("threshold", worst.threshold());
        evidence.put("psi", worst.psiCorrected());
        evidence.put("windows_beyond", (double) worst.timesBeyond());
        String more =
                switch (drifted.size()) {
                    case 1 -> "";
                    case 2 -> ", and one more column";
                    default -> ", and %d more columns".formatted(drifted.size() - 1);
                };
        return alarm(
                report,
                Alarm.Kind.DRIFT,
                true,
                (worst.watching() == Watching.RANGE
                                ? "%s out of its range in %d of the last %d windows: %d values"
                                        .formatted(
                                                worst.name(),
                                                worst.timesBeyond(),
                                                worst.windowsJudged(),
                                                worst.belowRange() + worst.aboveRange())
                                : String.format(
                                        Locale.ROOT,
                                        "%s beyond its threshold in %d of the last %d windows: D %.3f, threshold %.3f",
                                        worst.name(),
                                        worst.timesBeyond(),
                                        worst.windowsJudged(),
                                        worst.ks(),
                                        worst.threshold()))
                        + more,
                since,
                evidence);
    }

    /** NaN is the least. */
    private static double score(ColumnReport column) {
        return Double.isNaN(column.driftScore()) ? Double.NEGATIVE_INFINITY : column.driftScore();
    }

    private void estimate(DriftReport report, DriftAlarmState state, List<Alarm> alarms) {
        EstimatedAccuracy estimate = report.estimatedAccuracy();
        boolean isOut = estimate.verdict() == Verdict.ALERT;
        if (!isOut && estimate.verdict() != Verdict.OK) {
            return;
        }
        if (!isOut) {
            state.estimateSinceMicros = 0;
        } else if (state.estimateSinceMicros == 0) {
            state.estimateSinceMicros = report.windowStartMicros();
        }
        Map<String, Double> evidence = new TreeMap<>();
        evidence.put("estimated_accuracy", estimate.value());
        evidence.put("lower", estimate.lower());
        evidence.put("upper", estimate.upper());
        evidence.put("rows", (double) estimate.rows());
        switch (state.estimate.update(isOut, report.windowEndMicros(), cooldownMicros)) {
            case RAISE ->
                    alarms.add(
                            alarm(
                                    report,
                                    Alarm.Kind.ESTIMATED_ACCURACY,
                                    true,
                                    words("outside", estimate),
                                    state.estimateSinceMicros,
                                    evidence));
            case CLEAR ->
                    alarms.add(
                            alarm(
                                    report,
                                    Alarm.Kind.ESTIMATED_ACCURACY,
                                    false,
                                    words("within", estimate),
                                    report.windowStartMicros(),
                                    evidence));
            case NOTHING -> {
                // Told already, or not to be told yet.
            }
        }
    }

    private static String words(String where, EstimatedAccuracy estimate) {
        return String.format(
                Locale.ROOT,
                "estimated accuracy %.4f, %s %.4f to %.4f of its reference; blind to a change of what follows from the features",
                estimate.value(),
                where,
                estimate.lower(),
                estimate.upper());
    }

    private static Alarm alarm(
            DriftReport report,
            Alarm.Kind kind,
            boolean raised,
            String reason,
            long sinceMicros,
            Map<String, Double> evidence) {
        return new Alarm(
                id(kind, report.modelId(), report.modelVersion()),
                kind,
                raised,
                report.modelId(),
                report.modelVersion(),
                report.generation(),
                reason,
                sinceMicros,
                evidence);
    }

    private static String id(Alarm.Kind kind, String model, String version) {
        return kind + "~" + model + "~" + version;
    }
}
