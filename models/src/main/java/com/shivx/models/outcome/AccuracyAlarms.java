package com.shivx.models.outcome;

import com.shivx.drift.accuracy.WilsonInterval;
import com.shivx.drift.change.Adwin;
import com.shivx.drift.change.AdwinConfig;
import com.shivx.models.Alarm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Raises and clears alarms by the rows of a version's accuracy, in their order.
 *
 * <ul>
 *   <li>ACCURACY while the upper end of the 95 % Wilson interval, of outcomes that do not overlap
 *       in the latest windows, lies below what the version was validated to reach less a tolerance,
 *       or below a threshold of the model's own.
 *   <li>COVERAGE while too few of the outcomes in the latest windows are known.
 * </ul>
 *
 * <p>Where Adwin finds the mean error of windows changed is evidence, and raises nothing: a change
 * for the better is one too.
 */
public final class AccuracyAlarms {

    private final AccuracyAlarmRules rules;
    private final Adwin adwin = new Adwin(AdwinConfig.SHIPPED);

    /** By rules. */
    public AccuracyAlarms(AccuracyAlarmRules rules) {
        this.rules = rules;
    }

    /**
     * What a row raises or clears.
     *
     * @param generation of the deployment in force
     * @param validated what the version was validated to be
     */
    public List<Alarm> onRow(
            AccuracyRow row,
            long generation,
            ValidatedVersion validated,
            AccuracyAlarmState state) {
        state.key = row.key();
        AccuracyFigures latest = AccuracyFigures.of(row);
        state.windows.add(latest);
        state.windows.removeIf(
                window -> window.startMicros() <= row.windowStartMicros() - rules.spanMicros());
        if (latest.independent() > 0
                && adwin.update(state.error, 1 - (double) latest.right() / latest.independent())) {
            state.errorChangedMicros = latest.startMicros();
        }
        List<Alarm> alarms = new ArrayList<>();
        accuracy(row, generation, validated, state, alarms);
        coverage(row, generation, state, alarms);
        return alarms;
    }

    /** The version is not deployed any more: what is raised is cleared. */
    public List<Alarm> onWithdrawn(long generation, AccuracyAlarmState state) {
        List<Alarm> alarms = new ArrayList<>();
        AccuracyKey key = state.key;
        if (key == null) {
            return alarms;
        }
        if (state.accuracy.raised) {
            alarms.add(withdrawn(key, Alarm.Kind.ACCURACY, generation));
        }
        if (state.coverage.raised) {
            alarms.add(withdrawn(key, Alarm.Kind.COVERAGE, generation));
        }
        return alarms;
    }

    private static Alarm withdrawn(AccuracyKey key, Alarm.Kind kind, long generation) {
        return new Alarm(
                id(kind, key),
                kind,
                false,
                key.modelId(),
                key.modelVersion(),
                generation,
                "%s@%s is not deployed any more".formatted(key.modelId(), key.modelVersion()),
                0,
                Map.of());
    }

    private void accuracy(
            AccuracyRow row,
            long generation,
            ValidatedVersion validated,
            AccuracyAlarmState state,
            List<Alarm> alarms) {
        long independent = sum(state, AccuracyFigures::independent);
        double least = least(validated, row.key().horizonMicros());
        if (Double.isNaN(least) || independent == 0) {
            return;
        }
        long right = sum(state, AccuracyFigures::right);
        WilsonInterval interval = WilsonInterval.of(right, independent, WilsonInterval.Z_95);
        Map<String, Double> evidence = new TreeMap<>();
        evidence.put("accuracy", (double) right / independent);
        evidence.put("lower", interval.lower());
        evidence.put("upper", interval.upper());
        evidence.put("validated", validated.accuracy());
        evidence.put("least", least);
        evidence.put("outcomes", (double) independent);
        if (state.errorChangedMicros != 0) {
            evidence.put("mean_error", state.error.mean());
            evidence.put("error_changed_micros", (double) state.errorChangedMicros);
        }
        String figures =
                String.format(
                        Locale.ROOT,
                        "accuracy %.4f of %d outcomes at %d ms, 95 %% within %.4f to %.4f; %.4f is the least",
                        (double) right / independent,
                        independent,
                        row.key().horizonMicros() / 1_000,
                        interval.lower(),
                        interval.upper(),
                        least);
        switch (state.accuracy.update(
                interval.upper() < least, row.windowEndMicros(), rules.cooldownMicros())) {
            case RAISE ->
                    alarms.add(
                            alarm(
                                    row,
                                    Alarm.Kind.ACCURACY,
                                    true,
                                    generation,
                                    figures,
                                    state.windows.get(0).startMicros(),
                                    evidence));
            case CLEAR ->
                    alarms.add(
                            alarm(
                                    row,
                                    Alarm.Kind.ACCURACY,
                                    false,
                                    generation,
                                    figures,
                                    row.windowStartMicros(),
                                    evidence));
            case NOTHING -> {
                // Told already, or not to be told yet.
            }
        }
    }

    /** The greater of both bounds; NaN without one. */
    private double least(ValidatedVersion validated, long horizonMicros) {
        double relative =
                validated.isOf(horizonMicros)
                        ? validated.accuracy() - rules.tolerance()
                        : Double.NaN;
        if (Double.isNaN(relative)) {
            return rules.minAccuracy();
        }
        return Double.isNaN(rules.minAccuracy())
                ? relative
                : Math.max(relative, rules.minAccuracy());
    }

    private void coverage(
            AccuracyRow row, long generation, AccuracyAlarmState state, List<Alarm> alarms) {
        long known = sum(state, AccuracyFigures::known);
        long all = known + sum(state, AccuracyFigures::missing);
        if (all < rules.minOutcomes()) {
            return;
        }
        double coverage = (double) known / all;
        Map<String, Double> evidence =
                Map.of(
                        "coverage",
                        coverage,
                        "outcomes",
                        (double) all,
                        "least",
                        rules.minCoverage());
        String figures =
                String.format(
                        Locale.ROOT,
                        "%.4f of %d outcomes at %d ms are known; %.2f is the least",
                        coverage,
                        all,
                        row.key().horizonMicros() / 1_000,
                        rules.minCoverage());
        switch (state.coverage.update(
                coverage < rules.minCoverage(), row.windowEndMicros(), rules.cooldownMicros())) {
            case RAISE ->
                    alarms.add(
                            alarm(
                                    row,
                                    Alarm.Kind.COVERAGE,
                                    true,
                                    generation,
                                    figures,
                                    state.windows.get(0).startMicros(),
                                    evidence));
            case CLEAR ->
                    alarms.add(
                            alarm(
                                    row,
                                    Alarm.Kind.COVERAGE,
                                    false,
                                    generation,
                                    figures,
                                    row.windowStartMicros(),
                                    evidence));
            case NOTHING -> {
                // Told already, or not to be told yet.
            }
        }
    }

    @FunctionalInterface
    private interface Figure {
        long of(AccuracyFigures window);
    }

    private static long sum(AccuracyAlarmState state, Figure figure) {
        return state.windows.stream().mapToLong(figure::of).sum();
    }

    /** A trouble is of a version, role and horizon. */
    private static String id(Alarm.Kind kind, AccuracyKey key) {
        return kind + "~" + key.text();
    }

    private static Alarm alarm(
            AccuracyRow row,
            Alarm.Kind kind,
            boolean raised,
            long generation,
            String reason,
            long sinceMicros,
            Map<String, Double> evidence) {
        return new Alarm(
                id(kind, row.key()),
                kind,
                raised,
                row.key().modelId(),
                row.key().modelVersion(),
                generation,
                reason,
                sinceMicros,
                evidence);
    }
}
