package com.shivx.models.drift;

import com.shivx.drift.live.ColumnReport;
import com.shivx.drift.live.DriftJudge;
import com.shivx.drift.live.DriftRules;
import com.shivx.drift.live.Verdict;
import com.shivx.drift.live.Watching;
import com.shivx.drift.live.WindowReport;
import com.shivx.models.Alarm;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges a version's windows one after another, and decides which is the next. Holds no state: that
 * is a {@link VersionDrift}, which it changes.
 */
public final class DriftWatch {

    /**
     * A version without rows for as many windows that do not overlap is not reported any more until
     * it has some: five days of windows of half an hour, a weekend and more.
     */
    public static final int QUIET_WINDOWS = 240;

    private final DriftJudge judge;
    private final DriftAlarms alarms;

    /**
     * By rules.
     *
     * @param cooldownMicros event time from one raising of an alarm to the next, at least
     */
    public DriftWatch(DriftRules rules, long cooldownMicros) {
        judge = new DriftJudge(rules);
        alarms = new DriftAlarms(rules.beyond(), cooldownMicros);
    }

    /**
     * What a window or a deployment gives.
     *
     * @param reports in their order
     * @param alarms raised and cleared
     */
    public record Told(List<DriftReport> reports, List<Alarm> alarms) {}

    /** A version is deployed, for the first time or once more. */
    public Told onDeployed(
            String model, long generation, WatchedVersion version, VersionDrift state) {
        boolean isNew = !state.deployed;
        state.deployed = true;
        state.role = version.role();
        state.generation = generation;
        String reason = version.unwatched();
        return new Told(
                isNew && reason != null
                        ? List.of(
                                DriftReport.unwatched(
                                        model,
                                        version.version(),
                                        version.role(),
                                        generation,
                                        reason))
                        : List.of(),
                List.of());
    }

    /** A version is not deployed any more. */
    public Told onWithdrawn(String model, String version, long generation, VersionDrift state) {
        state.deployed = false;
        return new Told(List.of(), alarms.onWithdrawn(model, version, generation, state));
    }

    /**
     * When to look first, now that a version is deployed: the end of the first window to report,
     * or, while nothing is known of event time, as soon as something is.
     *
     * @param watermarkMillis windows up to there are closed; {@code Long.MIN_VALUE} if nothing is
     *     known
     */
    public long firstLookMillis(DriftWindows windows, long watermarkMillis, VersionDrift state) {
        if (!state.reporting && watermarkMillis == Long.MIN_VALUE) {
            return Long.MIN_VALUE;
        }
        if (!state.reporting) {
            state.nextStartMicros = windows.startAfterMicros(watermarkMillis);
            state.reporting = true;
        }
        return windows.lastMillis(state.nextStartMicros);
    }

    /**
     * Whether a part comes too late: all windows that it lies in are reported.
     *
     * @param watermarkMillis panes up to there are closed; known again only a while after a restart
     */
    public boolean isLate(DriftPart part, long watermarkMillis, VersionDrift state) {
        return part.lastMillis() <= watermarkMillis
                || (state.reporting && part.windowStartMicros() < state.nextStartMicros);
    }

    /**
     * Whether a window is due; finds which is the next, if that is not known.
     *
     * @param timeMillis windows up to there are due
     * @param watermarkMillis windows up to there are closed
     * @param firstCountedMicros start of the earliest pane that something was counted of; {@code
     *     Long.MAX_VALUE} without
     */
    public boolean isDue(
            DriftWindows windows,
            long timeMillis,
            long watermarkMillis,
            long firstCountedMicros,
            VersionDrift state) {
        long next;
        if (state.reporting) {
            // Another than the next where windows overlapped otherwise before a restart.
            next = windows.startFromMicros(state.nextStartMicros);
        } else {
            boolean isAwaited =
                    state.deployed
                            && !isAsleep(windows, state)
                            && watermarkMillis != Long.MAX_VALUE;
            next = isAwaited ? windows.startAfterMicros(watermarkMillis) : Long.MAX_VALUE;
            if (firstCountedMicros < next) {
                // Nothing that is counted now was closed before.
                next = windows.paneMicros(firstCountedMicros);
            }
        }
        if (next == Long.MAX_VALUE) {
            return false;
        }
        state.nextStartMicros = next;
        state.reporting = true;
        return windows.lastMillis(state.nextStartMicros) <= timeMillis;
    }

    /**
     * Judges the next window.
     *
     * @param counted what was counted of it
     */
    public Told judge(VersionReference reference, DriftPart counted, VersionDrift state) {
        DriftWindows windows = reference.windows();
        PhaseDrift phase = state.phase(windows, counted.windowStartMicros());
        DriftJudge.Judged inputs = judge.judge(reference.inputs(), counted.inputs(), phase.inputs);
        DriftJudge.Judged answers =
                judge.judge(reference.answers(), counted.answers(), phase.answers);
        phase.inputs = inputs.memory();
        phase.answers = answers.memory();
        DriftReport report = report(counted, state, inputs.report(), answers.report());
        state.emptyWindows = counted.rows() == 0 ? state.emptyWindows + 1 : 0;
        state.nextStartMicros = windows.paneEndMicros(counted.windowStartMicros());
        return new Told(
                List.of(report),
                state.deployed ? alarms.onReport(report, phase, state) : List.of());
    }

    /**
     * Decides whether the window after that one is to be reported too, whatever it holds; otherwise
     * the next is the first that has rows.
     *
     * @param isCounted whether something was counted of a later window
     * @param watermarkMillis event time; at its end there is no silence to be told of
     */
    public void goOn(
            DriftWindows windows, boolean isCounted, long watermarkMillis, VersionDrift state) {
        state.reporting =
                !isAsleep(windows, state)
                        && (isCounted || (state.deployed && watermarkMillis != Long.MAX_VALUE));
    }

    private static boolean isAsleep(DriftWindows windows, VersionDrift state) {
        return state.emptyWindows >= QUIET_WINDOWS * windows.overlap();
    }

    private static DriftReport report(
            DriftPart counted, VersionDrift state, WindowReport inputs, WindowReport answers) {
        List<ColumnReport> columns = new ArrayList<>(inputs.columns());
        columns.addAll(answers.columns());
        return new DriftReport(
                counted.model(),
                counted.version(),
                state.role,
                state.generation,
                counted.windowStartMicros(),
                counted.windowEndMicros(),
                first(inputs.verdict(), answers.verdict()),
                null,
                inputs.rows(),
                answers.rows(),
                inputs.rows() > 0 ? inputs.symbolCoverage() : answers.symbolCoverage(),
                inputs.driftedShare(),
                driftScore(columns),
                columns,
                answers.estimatedAccuracy());
    }

    /** The one that says more, as a window's verdict does of its columns. */
    private static Verdict first(Verdict one, Verdict other) {
        for (Verdict verdict : List.of(Verdict.ALERT, Verdict.WARN, Verdict.OK, Verdict.BLIND)) {
            if (one == verdict || other == verdict) {
                return verdict;
            }
        }
        return Verdict.INSUFFICIENT;
    }

    private static double driftScore(List<ColumnReport> columns) {
        return columns.stream()
                .filter(DriftWatch::isJudgedByDistribution)
                .mapToDouble(ColumnReport::driftScore)
                .max()
                .orElse(Double.NaN);
    }

    private static boolean isJudgedByDistribution(ColumnReport column) {
        return column.watching() == Watching.DISTRIBUTION
                && switch (column.verdict()) {
                    case OK, WARN, ALERT -> true;
                    case INSUFFICIENT, BLIND, UNWATCHED -> false;
                };
    }
}
