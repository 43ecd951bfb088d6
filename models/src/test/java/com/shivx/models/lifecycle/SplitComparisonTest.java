package com.shivx.models.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.drift.comparison.Better;
import com.shivx.drift.comparison.PairedVotes;
import com.shivx.models.Role;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.RoutingUnit;
import com.shivx.models.outcome.AccuracyKey;
import com.shivx.models.outcome.AccuracyRow;
import com.shivx.models.outcome.VoteCount;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitComparisonTest {

    private static final String CHAMPION = "1.0.0";
    private static final String CANARY = "2.0.0";
    private static final Deployment SPLIT =
            new Deployment(
                    Story.MODEL,
                    2,
                    DeploymentMode.AB,
                    Story.ref(CHAMPION),
                    Story.ref(CANARY),
                    0.5,
                    List.of(),
                    "*",
                    RoutingUnit.SYMBOL_SLICE,
                    Story.MINUTE,
                    "",
                    "");

    private static AccuracyRow row(
            int window, String version, Role role, long horizon, long known, VoteCount... votes) {
        return new AccuracyRow(
                new AccuracyKey(Story.MODEL, version, role, horizon),
                window * Story.MINUTE,
                (window + 1) * Story.MINUTE,
                Story.counts(known, 0, 0),
                List.of(votes));
    }

    /** What the champion was alone, and what the canary was in another part, is left out. */
    @Test
    void comparesTheWindowsInWhichBothWere() {
        List<AccuracyRow> rows = new ArrayList<>();
        for (int window = 0; window < 10; window++) {
            rows.add(row(window, CHAMPION, Role.CHAMPION, Story.HORIZON, 7));
            rows.add(row(window, CANARY, Role.SHADOW, Story.HORIZON, 5));
        }
        for (int window = 4; window < 6; window++) {
            rows.add(
                    row(
                            window,
                            CANARY,
                            Role.CANARY,
                            Story.HORIZON,
                            3,
                            new VoteCount(CHAMPION, 30, 2, 1),
                            new VoteCount("0.9.0", 9, 9, 9)));
        }
        rows.add(row(5, CANARY, Role.CANARY, 1_000_000, 1));

        List<SplitComparison> comparisons = SplitComparison.of(SPLIT, rows);
        assertThat(comparisons)
                .extracting(SplitComparison::horizonMicros)
                .containsExactly(1_000_000L, Story.HORIZON);
        SplitComparison minute = comparisons.get(1);
        assertThat(minute.fromMicros()).isEqualTo(4 * Story.MINUTE);
        assertThat(minute.toMicros()).isEqualTo(6 * Story.MINUTE);
        assertThat(minute.ofChampion().known).isEqualTo(14);
        assertThat(minute.ofCanary().known).isEqualTo(6);
        assertThat(minute.votes()).isEqualTo(new PairedVotes(60, 4));
        assertThat(minute.better(0.05)).isEqualTo(Better.NEWER);
        assertThat(comparisons.get(0).better(0.05)).isEqualTo(Better.UNDECIDED);
    }

    @Test
    void hasNothingToCompareWithoutACanary() {
        assertThat(SplitComparison.of(SPLIT.without(Story.ref(CANARY)), List.of())).isEmpty();
        assertThat(SplitComparison.of(SPLIT, List.of())).isEmpty();
    }
}
