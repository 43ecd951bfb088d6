package com.shivx.models.outcome;

import com.shivx.models.Role;
import java.util.List;

/** Pairs a challenger's outcome with the champion's of the same vector, whichever comes second. */
final class Votes {

    /** The votes that the outcome makes with those decided before it. */
    List<PairedVote> of(Outcome outcome, SymbolOutcomes symbol) {
        if (!outcome.instant() || outcome.correct() == null) {
            return List.of();
        }
        boolean champion = outcome.prediction().role() == Role.CHAMPION;
        return symbol.decided.at(outcome.dueMicros(), other -> isPair(outcome, other)).stream()
                .map(other -> champion ? vote(outcome, other) : vote(other, outcome))
                .toList();
    }

    private static boolean isPair(Outcome a, Outcome b) {
        return b.instant()
                && b.correct() != null
                && a.horizonMicros() == b.horizonMicros()
                && a.prediction().vectorId().equals(b.prediction().vectorId())
                && a.prediction().modelId().equals(b.prediction().modelId())
                && (a.prediction().role() == Role.CHAMPION)
                        != (b.prediction().role() == Role.CHAMPION);
    }

    private static PairedVote vote(Outcome champion, Outcome challenger) {
        boolean old = Boolean.TRUE.equals(champion.correct());
        boolean young = Boolean.TRUE.equals(challenger.correct());
        return new PairedVote(
                champion.prediction().modelId(),
                champion.prediction().modelVersion(),
                challenger.prediction().modelVersion(),
                challenger.prediction().role(),
                champion.horizonMicros(),
                Math.floorDiv(champion.prediction().eventTimeMicros(), champion.horizonMicros()),
                young == old ? 0 : young ? 1 : -1);
    }
}
