package com.shivx.models.outcome;

import com.shivx.models.Prediction;

/** Takes what {@link OutcomeJoin} finds. */
public interface OutcomeSink {

    /** A prediction met what happened, for the first time or by a later label. */
    void onOutcome(Outcome outcome);

    /** A challenger's prediction met the champion's of the same vector. */
    void onVote(PairedVote vote);

    /** A prediction came after its tick was forgotten; its outcome, which is missing, follows. */
    void onLatePrediction(Prediction prediction);

    /** A prediction came a second time and was dropped. */
    void onRepeatedPrediction(Prediction prediction);

    /** A label was forgotten, and no prediction had come that it is about. */
    void onUnusedLabel(ExternalLabel label);
}
