package com.shivx.models.serving;

import com.shivx.models.serving.Finding.Verdict;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Whether what was counted is out of bounds. */
final class ServingVerdicts {

    private static final double INFERENCE_SHARE = 0.99;

    /**
     * Standard deviations of the rank of a quantile that are left to chance: a version that is as
     * fast as it may be is looked at every minute for days.
     */
    private static final double RANK_DEVIATIONS = 3;

    private final ServingRules rules;

    ServingVerdicts(ServingRules rules) {
        this.rules = rules;
    }

    /** Whether predictions come late. */
    Finding latency(LatencyWindow window) {
        long n = window.latencyMillis.total();
        long p95 = window.p95Millis();
        Map<String, Double> evidence = new TreeMap<>();
        evidence.put("p50_millis", (double) window.latencyMillis.quantile(0.5));
        evidence.put("p95_millis", (double) p95);
        evidence.put("most_millis", (double) rules.latencyMillis());
        evidence.put("predictions", (double) n);
        return new Finding(
                n < ServingRules.MIN_LATENCIES
                        ? Verdict.INSUFFICIENT
                        : p95 > rules.latencyMillis() ? Verdict.TROUBLE : Verdict.FINE,
                "95 %% of %d predictions came within %d ms of their tick's record; %d ms is the most"
                        .formatted(n, p95, rules.latencyMillis()),
                evidence);
    }

    /** Whether too many answers are none. */
    Finding invalidOutput(AnswersWindow window) {
        AnswerCounts answers = window.answers;
        return share(
                answers.invalid,
                answers.total(),
                rules.maxInvalid(),
                "%d of %d answers are none: not finite, or no probabilities"
                        .formatted(answers.invalid, answers.total()),
                "invalid");
    }

    /** Whether too many calls fail. */
    Finding errors(AnswersWindow window) {
        AnswerCounts answers = window.answers;
        return share(
                answers.errors(),
                answers.total(),
                rules.maxErrors(),
                "%d of %d vectors were not answered: %d failed, %d timed out"
                        .formatted(
                                answers.errors(),
                                answers.total(),
                                answers.failed,
                                answers.timedOut),
                "errors");
    }

    /**
     * Of fewer vectors than are needed for a verdict the rest are taken to be good ones: what is
     * out of bounds even so is told at once, and nothing is taken for fine.
     */
    private static Finding share(long bad, long all, double most, String figures, String name) {
        Verdict verdict;
        if (bad > most * Math.max(all, ServingRules.MIN_VECTORS)) {
            verdict = Verdict.TROUBLE;
        } else if (all < ServingRules.MIN_VECTORS) {
            verdict = Verdict.INSUFFICIENT;
        } else {
            verdict = Verdict.FINE;
        }
        Map<String, Double> evidence = new TreeMap<>();
        evidence.put(name, (double) bad);
        evidence.put("vectors", (double) all);
        evidence.put("share", all == 0 ? 0.0 : (double) bad / all);
        evidence.put("most", most);
        return new Finding(
                verdict,
                String.format(Locale.ROOT, "%s; %s %% is the most", figures, percent(most)),
                evidence);
    }

    /** Such as 0.1; without the last bits of a product. */
    private static String percent(double share) {
        return Double.toString(Math.rint(share * 1e8) / 1e6).replaceFirst("\\.0$", "");
    }

    /**
     * Whether a version takes longer than it may beside its champion: it does where the lower bound
     * of its quantile lies beyond what the upper bound of the champion's allows, each bound three
     * standard deviations of its rank away, and beyond the floor; it does not where the quantiles
     * themselves are within. In between it is not known.
     */
    Finding inferenceTime(CallsWindow window, String champion) {
        long own = window.ownMicros.total();
        long other = window.championMicros.total();
        long p99 = window.ownMicros.quantile(INFERENCE_SHARE);
        long championP99 = window.championMicros.quantile(INFERENCE_SHARE);
        Map<String, Double> evidence = new TreeMap<>();
        evidence.put("p99_micros", (double) p99);
        evidence.put("champion_p99_micros", (double) championP99);
        evidence.put("most_times", rules.inferenceRatio());
        evidence.put("calls", (double) own);
        return new Finding(
                inferenceTime(window, own, other, p99, championP99),
                String.format(
                        Locale.ROOT,
                        "99 %% of %d calls took up to %.3f ms, and up to %.3f ms those of %s over the same vectors; %s times as long is the most",
                        own,
                        p99 / 1e3,
                        championP99 / 1e3,
                        champion,
                        Double.toString(rules.inferenceRatio()).replaceFirst("\\.0$", "")),
                evidence);
    }

    private Verdict inferenceTime(
            CallsWindow window, long own, long other, long p99, long championP99) {
        if (Math.min(own, other) < ServingRules.MIN_CALLS) {
            return Verdict.INSUFFICIENT;
        }
        long surely =
                window.ownMicros.atLeast((long) Math.floor(own * INFERENCE_SHARE - margin(own)));
        long allowed =
                window.championMicros.atMost(
                        (long) Math.ceil(other * INFERENCE_SHARE + margin(other)));
        if (surely > rules.inferenceFloorMicros() && surely > rules.inferenceRatio() * allowed) {
            return Verdict.TROUBLE;
        }
        return p99 <= rules.inferenceFloorMicros() || p99 <= rules.inferenceRatio() * championP99
                ? Verdict.FINE
                : Verdict.INSUFFICIENT;
    }

    /** Ranks by which chance may move a quantile of n calls: binomial, as in order statistics. */
    private static double margin(long n) {
        return RANK_DEVIATIONS * Math.sqrt(n * INFERENCE_SHARE * (1 - INFERENCE_SHARE));
    }
}
