package com.shivx.models.lifecycle;

import com.shivx.drift.accuracy.AccuracyCounts;
import com.shivx.drift.comparison.Better;
import com.shivx.drift.comparison.EProcess;
import com.shivx.drift.comparison.PairedVotes;
import com.shivx.models.Role;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.outcome.AccuracyRow;
import com.shivx.models.outcome.VoteCount;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A champion and the canary beside it over the windows in which both were, by one horizon.
 *
 * @param champion version of the champion
 * @param canary version of the canary
 * @param horizonMicros after how long it was asked, microseconds
 * @param fromMicros first microsecond of the first window in which the canary had outcomes
 * @param toMicros end of the last
 * @param ofChampion how right the champion was in between
 * @param ofCanary how right the canary was
 * @param votes between them; newer is the canary
 */
public record SplitComparison(
        String champion,
        String canary,
        long horizonMicros,
        long fromMicros,
        long toMicros,
        AccuracyCounts ofChampion,
        AccuracyCounts ofCanary,
        PairedVotes votes) {

    /** One for each horizon that the canary has outcomes of, the shortest first. */
    public static List<SplitComparison> of(Deployment deployment, List<AccuracyRow> rows) {
        ModelRef beside = deployment.canary();
        if (beside == null) {
            return List.of();
        }
        String canary = beside.version();
        String champion = deployment.champion().version();
        List<AccuracyRow> ofCanary =
                rows.stream()
                        .filter(row -> is(row, deployment.model(), canary, Role.CANARY))
                        .filter(row -> row.counts().known + row.counts().unanswered > 0)
                        .toList();
        TreeSet<Long> horizons = new TreeSet<>();
        ofCanary.forEach(row -> horizons.add(row.key().horizonMicros()));
        List<SplitComparison> comparisons = new ArrayList<>();
        for (long horizon : horizons) {
            List<AccuracyRow> its =
                    ofCanary.stream().filter(row -> row.key().horizonMicros() == horizon).toList();
            long from = its.stream().mapToLong(AccuracyRow::windowStartMicros).min().orElseThrow();
            long to = its.stream().mapToLong(AccuracyRow::windowEndMicros).max().orElseThrow();
            comparisons.add(
                    new SplitComparison(
                            champion,
                            canary,
                            horizon,
                            from,
                            to,
                            sum(
                                    rows.stream()
                                            .filter(
                                                    row ->
                                                            is(
                                                                            row,
                                                                            deployment.model(),
                                                                            champion,
                                                                            Role.CHAMPION)
                                                                    && row.key().horizonMicros()
                                                                            == horizon
                                                                    && row.windowStartMicros()
                                                                            >= from
                                                                    && row.windowEndMicros() <= to)
                                            .toList()),
                            sum(its),
                            votes(
                                    rows.stream()
                                            .filter(
                                                    row ->
                                                            is(
                                                                            row,
                                                                            deployment.model(),
                                                                            canary,
                                                                            Role.CANARY)
                                                                    && row.key().horizonMicros()
                                                                            == horizon)
                                            .toList(),
                                    champion)));
        }
        return comparisons;
    }

    private static boolean is(AccuracyRow row, String model, String version, Role role) {
        return row.key().modelId().equals(model)
                && row.key().modelVersion().equals(version)
                && row.key().role() == role;
    }

    private static AccuracyCounts sum(List<AccuracyRow> rows) {
        AccuracyCounts sum = new AccuracyCounts();
        rows.forEach(row -> sum.add(row.counts()));
        return sum;
    }

    private static PairedVotes votes(List<AccuracyRow> rows, String champion) {
        PairedVotes votes = PairedVotes.NONE;
        for (AccuracyRow row : rows) {
            for (VoteCount each : row.votes()) {
                if (each.champion().equals(champion)) {
                    votes = votes.plus(new PairedVotes(each.better(), each.worse()));
                }
            }
        }
        return votes;
    }

    /**
     * Which of the two is better, or that it is not decided.
     *
     * @param alpha how often two that are equal may be told apart
     */
    public Better better(double alpha) {
        return EProcess.decide(votes, alpha);
    }
}
