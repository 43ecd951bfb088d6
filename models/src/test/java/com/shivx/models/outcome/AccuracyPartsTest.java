package com.shivx.models.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.drift.accuracy.AccuracyCounts;
import com.shivx.drift.accuracy.SymbolHashes;
import com.shivx.features.label.Direction;
import com.shivx.features.label.Threshold;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccuracyPartsTest {

    private static final long MINUTE = 60_000_000;

    private final AccuracyParts parts = new AccuracyParts(MINUTE);

    @Test
    void countsTheSymbolsOfEachWindow() {
        for (int i = 0; i < 40; i++) {
            parts.add(outcome("symbol" + i % 7, i % 2 * MINUTE, true, Direction.UP, 0));
        }
        parts.add(outcome("other", MINUTE, true, Direction.UP, 0));

        assertThat(parts.take())
                .extracting(AccuracyPartsTest::counts)
                .extracting(AccuracyCounts::symbols)
                .containsExactly(7, 8);
        assertThat(parts.take()).isEmpty();
    }

    /** As subtasks do, each of which has some of the symbols. */
    @Test
    void partsOfAWindowAddUpToItsSymbols() {
        AccuracyCounts sum = new AccuracyCounts();
        for (int subtask = 0; subtask < 4; subtask++) {
            for (int i = subtask; i < 99; i += 4) {
                parts.add(outcome("symbol" + i, 0, true, Direction.UP, 0));
            }
            sum.add(counts(parts.take().get(0)));
        }
        assertThat(sum.symbols()).isEqualTo(99);
        assertThat(sum.symbolHashes)
                .contains(SymbolHashes.of("symbol0"), SymbolHashes.of("symbol98"));
        for (String more : List.of("symbol5", "symbol99", "symbol100")) {
            parts.add(outcome(more, 0, true, Direction.UP, 0));
        }
        sum.add(counts(parts.take().get(0)));
        assertThat(sum.symbols()).isEqualTo(100);
    }

    /** Whatever became of it, but once. */
    @Test
    void everyOutcomeIsServedOrNot() {
        parts.add(outcome("A", 0, true, Direction.UP, 0));
        parts.add(outcome("A", 0, false, Direction.DOWN, 0));
        parts.add(outcome("B", 0, false, null, 0));
        parts.add(outcome("C", 0, true, Direction.UP, 1));

        AccuracyCounts counts = counts(parts.take().get(0));
        assertThat(counts.known + counts.missing).isEqualTo(3);
        assertThat(counts.served).isEqualTo(1);
        assertThat(counts.unserved).isEqualTo(2);
        assertThat(counts.symbols()).isEqualTo(2);
    }

    /** In windows of some symbols each, as they come. */
    @Test
    void theOrderOfOutcomesIsNone() {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            outcomes.add(outcome("symbol" + i % 130, 0, i % 3 == 0, Direction.UP, 0));
        }
        outcomes.forEach(parts::add);
        AccuracyCounts forwards = counts(parts.take().get(0));
        Stream.iterate(299, i -> i >= 0, i -> i - 1).map(outcomes::get).forEach(parts::add);

        assertThat(counts(parts.take().get(0))).usingRecursiveComparison().isEqualTo(forwards);
        assertThat(forwards.symbols()).isEqualTo(100);
    }

    private static AccuracyCounts counts(AccuracyPart part) {
        AccuracyCounts counts = part.counts();
        if (counts == null) {
            throw new AssertionError(part + " is of votes");
        }
        return counts;
    }

    private static Outcome outcome(
            String symbol,
            long decidedMicros,
            boolean served,
            @Nullable Direction direction,
            int revision) {
        Prediction prediction =
                new Prediction(
                        symbol + "~1",
                        "direction",
                        "2.0.0",
                        1,
                        Role.CANARY,
                        served,
                        symbol,
                        1,
                        "UP",
                        1,
                        null,
                        new String[] {"DOWN", "FLAT", "UP"},
                        new float[] {0, 0, 1},
                        PredictionStatus.OK);
        return new Outcome(
                prediction,
                MINUTE,
                direction == null ? OutcomeStatus.MISSING : OutcomeStatus.OK,
                revision,
                OutcomeSource.TICKS,
                direction,
                0.001,
                0,
                Threshold.COST,
                0,
                1,
                1,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                true,
                decidedMicros);
    }
}
