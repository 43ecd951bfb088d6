package com.shivx.models.lifecycle;

import com.shivx.drift.comparison.EProcess;
import com.shivx.drift.comparison.PairedVotes;
import com.shivx.models.Role;
import com.shivx.models.lifecycle.RolloutStep.Stage;
import com.shivx.models.outcome.AccuracyRow;
import com.shivx.models.outcome.VoteCount;

/** What a row of accuracy adds to what is known in a rollout, and what that says. */
final class RolloutEvidence {

    private RolloutEvidence() {}

    /** With a row that is of the rollout's time. */
    static RolloutState with(AccuracyRow row, RolloutState state) {
        return observed(voted(state, row), row);
    }

    /** ln E⁺ of all its votes. */
    static double logBetter(RolloutState state) {
        return EProcess.logNewer(new PairedVotes(state.better(), state.worse()));
    }

    /** ln E⁻ of its step's own. */
    static double logWorse(RolloutState state) {
        return EProcess.logOlder(new PairedVotes(state.step().better(), state.step().worse()));
    }

    /** With the votes of a row between candidate and base, whichever of them was champion. */
    private static RolloutState voted(RolloutState state, AccuracyRow row) {
        String candidate = state.plan().candidate().version();
        String base = state.plan().base().version();
        String version = row.key().modelVersion();
        RolloutState voted = state;
        for (VoteCount votes : row.votes()) {
            boolean isCandidates = version.equals(candidate) && votes.champion().equals(base);
            boolean isBases = version.equals(base) && votes.champion().equals(candidate);
            if (!isCandidates && !isBases) {
                continue;
            }
            long better = isCandidates ? votes.better() : votes.worse();
            long worse = isCandidates ? votes.worse() : votes.better();
            voted = voted.voted(better, worse);
            boolean isOfStep =
                    isBases == (state.current().stage() == Stage.WATCHED)
                            && row.windowStartMicros() >= state.step().fromMicros();
            if (isOfStep) {
                voted = voted.with(voted.step().voted(better, worse));
            }
        }
        return voted;
    }

    /** With the outcomes of a row of the candidate in the part that it has in this step. */
    private static RolloutState observed(RolloutState state, AccuracyRow row) {
        long micros = row.windowEndMicros() - row.windowStartMicros();
        boolean isOfStep =
                row.key().modelVersion().equals(state.plan().candidate().version())
                        && row.key().role() == role(state.current().stage())
                        && row.windowStartMicros() >= state.step().fromMicros()
                        && micros > 0
                        && micros <= RolloutRules.MAX_WINDOW_MICROS;
        long outcomes = row.counts().known + row.counts().unanswered + row.counts().missing;
        return isOfStep && outcomes > 0
                ? state.with(state.step().observed(micros, row.counts()))
                : state;
    }

    private static Role role(Stage stage) {
        return switch (stage) {
            case SHADOW -> Role.SHADOW;
            case CANARY -> Role.CANARY;
            case WATCHED -> Role.CHAMPION;
        };
    }
}
