package com.shivx.models.candidate;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.training.Rows;
import com.shivx.models.training.TrainingException;
import com.shivx.models.validation.ChampionComparison;
import com.shivx.models.validation.LabelledRows;
import com.shivx.models.validation.ScoredModel;
import com.shivx.models.validation.Span;
import com.shivx.models.validation.ValidationConfig;
import com.shivx.models.validation.ValidationReport;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Judges two models on the same rows, later than what either has learned from. */
public final class ModelComparison {

    /**
     * One of the two.
     *
     * @param artifact its file and contract
     * @param learnedUntilMicros when the last outcome was decided that it has learned from,
     *     microseconds since the epoch; {@link Long#MIN_VALUE} where nobody knows
     */
    public record Side(ModelArtifact artifact, long learnedUntilMicros) {}

    private final ValidationConfig config;

    /** Comparisons as configured. */
    public ModelComparison(ValidationConfig config) {
        this.config = config;
    }

    /**
     * Compares; rows that one of them has learned from are left out.
     *
     * @throws TrainingException if none are left
     * @throws ModelRefusedException if one of them cannot be judged by these rows
     */
    public ValidationReport compare(TrainingSet set, Side newer, Side production)
            throws TrainingException, ModelRefusedException {
        long from = Math.max(newer.learnedUntilMicros(), production.learnedUntilMicros());
        set.requireRows();
        if (set.span().untilMicros() <= from) {
            throw new TrainingException(
                    "there is no labelled row later than %s, until when the models have learned"
                            .formatted(Instant.EPOCH.plus(from, ChronoUnit.MICROS)),
                    "give later ticks");
        }
        Span later = new Span(Math.max(from, set.span().fromMicros()), set.span().untilMicros());
        LabelledRows labelled = set.labelled().within(later);
        Rows rows = set.within(later);
        return new ChampionComparison(config)
                .compare(labelled, scored(newer, rows), scored(production, rows));
    }

    private static ScoredModel scored(Side side, Rows rows) throws ModelRefusedException {
        return new ScoredModel(
                side.artifact().contract().id(),
                Judged.probabilities(side.artifact(), rows),
                side.learnedUntilMicros());
    }
}
