package com.shivx.bench.scoring;

import com.shivx.models.contract.ModelArtifact;
import com.shivx.operators.scoring.ScoringRules;
import java.io.Serializable;

/**
 * One model to be scored with.
 *
 * @param model takes vectors of a feature set
 * @param rules the batch that both ways of scoring use
 * @param roundMillis how long a round lasts
 */
record ScoringCase(ModelArtifact model, ScoringRules rules, long roundMillis)
        implements Serializable {}
