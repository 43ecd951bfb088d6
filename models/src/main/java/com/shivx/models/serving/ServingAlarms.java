package com.shivx.models.serving;

import com.shivx.models.Alarm;
import com.shivx.models.serving.Finding.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Raises and clears alarms by what is counted of a model line's serving, part by part.
 *
 * <ul>
 *   <li>LATENCY, of the line, while the 95 % quantile of the time from the write of a tick's record
 *       to its prediction is beyond its bound in the latest window.
 *   <li>INVALID_OUTPUT and ERRORS, of a version, while the share of answers that are none, or of
 *       vectors without an answer, is beyond its bound; told as soon as enough are counted, before
 *       the window is over.
 *   <li>INFERENCE_TIME, of a version beside the champion, while the 99 % quantile of its calls is
 *       beyond so many times the champion's over the same vectors in the same window.
 * </ul>
 *
 * <p>A window lasts as long as the rules say by the clock, and longer until it has what a verdict
 * needs, so that a slow market is judged too. No clock is read here: parts bear the time when they
 * were cut, and so silence raises and clears nothing. The clock is right for these alone: they are
 * figures of machines. A replay of old ticks is not late by that: latency counts from the write of
 * the record that was read.
 *
 * <p>Each alarm is told when it is raised and when it is cleared, and not raised again before the
 * cooldown is over. It is cleared, too, when its version is served no more. One that stands about a
 * version beside the champion is told once more with each deployment that goes on with it, as a
 * rollout may have begun that has not heard of it.
 */
public final class ServingAlarms {

    private static final long MICROS = 1_000;

    private final ServingRules rules;
    private final ServingVerdicts verdicts;

    /** By rules. */
    public ServingAlarms(ServingRules rules) {
        this.rules = rules;
        verdicts = new ServingVerdicts(rules);
    }

    /** What a part raises or clears. */
    public List<Alarm> onPart(ServingPart part, ServingState state) {
        List<Alarm> alarms = new ArrayList<>();
        if (isNews(part, state)) {
            onDeployed(part, state, alarms);
        }
        if (part.isEmpty()) {
            return alarms;
        }
        latency(part, state, alarms);
        part.versions()
                .forEach(
                        (version, counts) -> {
                            VersionServing served = state.versions.get(version);
                            if (served != null && counts.answers.total() > 0) {
                                answers(part, version, counts, served, alarms);
                            }
                        });
        if (part.generation() == state.generation) {
            calls(part, state, alarms);
        }
        return alarms;
    }

    /** A job that is started with another model serves it under generation 0 as well. */
    private static boolean isNews(ServingPart part, ServingState state) {
        return state.champion.isEmpty()
                || part.generation() > state.generation
                || (part.generation() == state.generation
                        && !part.champion().equals(state.champion));
    }

    private static void onDeployed(ServingPart part, ServingState state, List<Alarm> alarms) {
        state.generation = part.generation();
        state.champion = part.champion();
        state.versions.forEach(
                (version, served) -> {
                    if (!part.versions().containsKey(version)) {
                        onWithdrawn(version, served, part, alarms);
                    }
                });
        state.versions.keySet().retainAll(part.versions().keySet());
        for (String version : new TreeSet<>(part.versions().keySet())) {
            VersionServing served =
                    state.versions.computeIfAbsent(version, first -> new VersionServing());
            served.calls = new CallsWindow();
            if (version.equals(part.champion())) {
                clear(
                        served.inferenceTime,
                        part,
                        "%s@%s is the champion now".formatted(part.model(), version),
                        alarms);
            } else {
                repeat(served.invalidOutput, part, alarms);
                repeat(served.errors, part, alarms);
                repeat(served.inferenceTime, part, alarms);
            }
        }
    }

    private static void onWithdrawn(
            String version, VersionServing served, ServingPart part, List<Alarm> alarms) {
        String reason = "%s@%s is not deployed any more".formatted(part.model(), version);
        clear(served.invalidOutput, part, reason, alarms);
        clear(served.errors, part, reason, alarms);
        clear(served.inferenceTime, part, reason, alarms);
    }

    private static void clear(
            StandingAlarm alarm, ServingPart part, String reason, List<Alarm> alarms) {
        Alarm told = alarm.told;
        if (told != null) {
            alarm.memory.raised = false;
            alarm.told = null;
            alarms.add(
                    new Alarm(
                            told.alarmId(),
                            told.kind(),
                            false,
                            told.modelId(),
                            told.modelVersion(),
                            part.generation(),
                            reason,
                            0,
                            Map.of()));
        }
    }

    private static void repeat(StandingAlarm alarm, ServingPart part, List<Alarm> alarms) {
        Alarm told = alarm.told;
        if (told != null) {
            Alarm again =
                    new Alarm(
                            told.alarmId(),
                            told.kind(),
                            true,
                            told.modelId(),
                            told.modelVersion(),
                            part.generation(),
                            told.reason(),
                            told.sinceMicros(),
                            told.evidence());
            alarm.told = again;
            alarms.add(again);
        }
    }

    private void latency(ServingPart part, ServingState state, List<Alarm> alarms) {
        LatencyWindow window = state.latencies;
        window.take(part);
        if (window.span.isOver(part.clockMillis(), rules.windowMillis())) {
            Finding found = verdicts.latency(window);
            tell(Alarm.Kind.LATENCY, part, null, window.span, found, state.latency, alarms);
            if (found.verdict() != Verdict.INSUFFICIENT) {
                state.latencyP95Millis = window.p95Millis();
                state.latencies = new LatencyWindow();
            }
        }
    }

    private void answers(
            ServingPart part,
            String version,
            ServingCounts counts,
            VersionServing served,
            List<Alarm> alarms) {
        AnswersWindow window = served.answers;
        window.take(part, counts);
        boolean isOver =
                window.span.isOver(part.clockMillis(), rules.windowMillis())
                        && window.answers.total() >= ServingRules.MIN_VECTORS;
        Finding invalid = verdicts.invalidOutput(window);
        if (isOver || invalid.verdict() == Verdict.TROUBLE) {
            tell(
                    Alarm.Kind.INVALID_OUTPUT,
                    part,
                    version,
                    window.span,
                    invalid,
                    served.invalidOutput,
                    alarms);
        }
        Finding errors = verdicts.errors(window);
        if (isOver || errors.verdict() == Verdict.TROUBLE) {
            tell(Alarm.Kind.ERRORS, part, version, window.span, errors, served.errors, alarms);
        }
        if (isOver) {
            served.answers = new AnswersWindow();
        }
    }

    private void calls(ServingPart part, ServingState state, List<Alarm> alarms) {
        ServingCounts champion = part.versions().get(part.champion());
        if (champion == null) {
            return;
        }
        part.versions()
                .forEach(
                        (version, counts) -> {
                            VersionServing served = state.versions.get(version);
                            if (served != null && !version.equals(part.champion())) {
                                calls(part, version, counts, champion, served, alarms);
                            }
                        });
    }

    private void calls(
            ServingPart part,
            String version,
            ServingCounts counts,
            ServingCounts champion,
            VersionServing served,
            List<Alarm> alarms) {
        CallsWindow window = served.calls;
        window.take(part, counts, champion);
        if (window.span.isOver(part.clockMillis(), rules.windowMillis())
                && window.ownMicros.total() >= ServingRules.MIN_CALLS
                && window.championMicros.total() >= ServingRules.MIN_CALLS) {
            tell(
                    Alarm.Kind.INFERENCE_TIME,
                    part,
                    version,
                    window.span,
                    verdicts.inferenceTime(window, part.champion()),
                    served.inferenceTime,
                    alarms);
            served.calls = new CallsWindow();
        }
    }

    private void tell(
            Alarm.Kind kind,
            ServingPart part,
            @Nullable String version,
            WindowSpan span,
            Finding found,
            StandingAlarm alarm,
            List<Alarm> alarms) {
        if (found.verdict() == Verdict.INSUFFICIENT) {
            return;
        }
        switch (alarm.memory.update(
                found.verdict() == Verdict.TROUBLE,
                part.clockMillis() * MICROS,
                rules.cooldownMicros())) {
            case RAISE -> {
                Alarm raised = alarm(kind, true, part, version, span, found);
                alarm.told = raised;
                alarms.add(raised);
            }
            case CLEAR -> {
                alarm.told = null;
                alarms.add(alarm(kind, false, part, version, span, found));
            }
            case NOTHING -> {
                // Told already, or not to be told yet.
            }
        }
    }

    private static Alarm alarm(
            Alarm.Kind kind,
            boolean raised,
            ServingPart part,
            @Nullable String version,
            WindowSpan span,
            Finding found) {
        return new Alarm(
                kind + "~" + part.model() + (version == null ? "" : "~" + version),
                kind,
                raised,
                part.model(),
                version,
                part.generation(),
                found.reason(),
                span.sinceMicros,
                found.evidence());
    }
}
