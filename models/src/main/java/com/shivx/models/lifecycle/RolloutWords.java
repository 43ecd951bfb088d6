package com.shivx.models.lifecycle;

import com.shivx.drift.accuracy.SymbolHashes;
import com.shivx.models.deployment.LifecycleEvent.Kind;
import com.shivx.models.deployment.RoutingUnit;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How decisions about a rollout are told, with the figures they rest on. */
final class RolloutWords {

    private RolloutWords() {}

    static void tell(Kind kind, Asker asker, RolloutState state, String reason, Turn turn) {
        turn.tell(kind, asker, state.plan().candidate().version(), null, reason, evidence(state));
    }

    private static Map<String, Double> evidence(RolloutState state) {
        StepEvidence step = state.step();
        Map<String, Double> evidence = new TreeMap<>();
        evidence.put("step", state.index() + 1.0);
        evidence.put("steps", (double) state.plan().steps().size());
        evidence.put("share", state.current().share());
        evidence.put("step_from_micros", (double) step.fromMicros());
        evidence.put("observed_seconds", step.observedMicros() / 1e6);
        evidence.put("needed_seconds", state.current().minMicros() / 1e6);
        evidence.put("better", (double) state.better());
        evidence.put("worse", (double) state.worse());
        evidence.put("ln_e_better", RolloutEvidence.logBetter(state));
        evidence.put("step_better", (double) step.better());
        evidence.put("step_worse", (double) step.worse());
        evidence.put("ln_e_step_worse", RolloutEvidence.logWorse(state));
        return evidence;
    }

    static String of(RolloutStep step) {
        return switch (step.stage()) {
            case SHADOW -> "shadow";
            case CANARY -> "canary for %s %%".formatted(percent(step.share()));
            case WATCHED ->
                    "champion, watched for %s"
                            .formatted(
                                    Spans.words(Duration.of(step.minMicros(), ChronoUnit.MICROS)));
        };
    }

    /** What shares are shares of, and why. */
    static String shares(RoutingUnit unit, int symbols, long sliceMicros) {
        return switch (unit) {
            case SYMBOL ->
                    "shares are of whole symbols, of which there are %d or more".formatted(symbols);
            case SYMBOL_SLICE ->
                    "shares are of slices of %s, as %s"
                            .formatted(
                                    micros(sliceMicros),
                                    symbols == 0
                                            ? "no row of accuracy has told yet how many symbols there are"
                                            : "there are %d symbols, fewer than %d"
                                                    .formatted(symbols, SymbolHashes.MOST));
        };
    }

    static String micros(long micros) {
        return Spans.words(Duration.of(micros, ChronoUnit.MICROS));
    }

    static String percent(double share) {
        String text = String.format(Locale.ROOT, "%.2f", share * 100);
        return text.replaceFirst("\\.?0+$", "");
    }
}
