package com.shivx.models.outcome;

import com.shivx.drift.accuracy.AccuracyCounts;
import com.shivx.drift.accuracy.SymbolHashes;
import com.shivx.features.label.Direction;
import com.shivx.models.Prediction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gathers outcomes and votes into parts, so that what is sent on does not grow with them: one part
 * a version and window, one a pair of versions and slice.
 */
public final class AccuracyParts {

    private static final int DIRECTIONS = Direction.values().length;

    /** Probabilities that sum to 1 but for the rounding of floats. */
    private static final double NEARLY = 1e-3;

    private record Window(AccuracyKey key, long startMicros) {}

    private record Slice(AccuracyKey challenger, String champion, long slice) {}

    private final long windowMicros;
    private final Map<Window, AccuracyCounts> counts = new LinkedHashMap<>();
    private final Map<Slice, Integer> votes = new LinkedHashMap<>();

    /** Outcomes of a symbol come one after another, and its hash is the same for all of them. */
    private String symbol = "";

    private long symbolHash = SymbolHashes.of(symbol);

    /**
     * Nothing yet.
     *
     * @param windowMicros length of a window, microseconds; above 0
     */
    public AccuracyParts(long windowMicros) {
        this.windowMicros = windowMicros;
    }

    /** Adds an outcome; one that only revises another is no new evidence. */
    public void add(Outcome outcome) {
        if (outcome.revision() > 0) {
            return;
        }
        Prediction prediction = outcome.prediction();
        AccuracyKey key =
                new AccuracyKey(
                        prediction.modelId(),
                        prediction.modelVersion(),
                        prediction.role(),
                        outcome.horizonMicros());
        long micros = outcome.decidedMicros();
        add(
                outcome,
                counts.computeIfAbsent(
                        new Window(key, micros - Math.floorMod(micros, windowMicros)),
                        window -> new AccuracyCounts()));
    }

    private void add(Outcome outcome, AccuracyCounts to) {
        Prediction prediction = outcome.prediction();
        if (!prediction.symbol().equals(symbol)) {
            symbol = prediction.symbol();
            symbolHash = SymbolHashes.of(symbol);
        }
        to.addSource(symbolHash, prediction.served());
        Direction truth = outcome.direction();
        Direction answer = outcome.predictedDirection();
        if (truth == null) {
            to.addMissing();
        } else if (answer == null) {
            to.addUnanswered();
        } else {
            to.add(truth.ordinal(), answer.ordinal(), DIRECTIONS, outcome.instant());
            addProbabilities(prediction, truth, to);
        }
        if (!Double.isNaN(outcome.pnlBps())) {
            to.addPosition(outcome.pnlBps());
        }
    }

    /** Only of a model whose classes are the directions and whose numbers are probabilities. */
    private static void addProbabilities(
            Prediction prediction, Direction truth, AccuracyCounts to) {
        int right = indexOf(truth.name(), prediction.classes());
        int given = indexOf(prediction.prediction(), prediction.classes());
        if (right >= 0 && given >= 0 && areProbabilities(prediction.probabilities())) {
            to.addProbabilities(prediction.probabilities(), right, given);
        }
    }

    private static int indexOf(@Nullable String name, String[] classes) {
        for (int i = 0; i < classes.length; i++) {
            if (classes[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean areProbabilities(float[] values) {
        double sum = 0;
        for (float value : values) {
            if (!(value >= 0 && value <= 1)) {
                return false;
            }
            sum += value;
        }
        return Math.abs(sum - 1) <= NEARLY;
    }

    /** Adds a vote. */
    public void add(PairedVote vote) {
        AccuracyKey challenger =
                new AccuracyKey(
                        vote.modelId(), vote.challenger(), vote.role(), vote.horizonMicros());
        votes.merge(
                new Slice(challenger, vote.champion(), vote.slice()), vote.sign(), Integer::sum);
    }

    /** How many parts there are by now. */
    public int size() {
        return counts.size() + votes.size();
    }

    /** The parts, and starts anew. */
    public List<AccuracyPart> take() {
        List<AccuracyPart> parts = new ArrayList<>(size());
        counts.forEach(
                (window, sum) ->
                        parts.add(AccuracyPart.ofCounts(window.key, window.startMicros, sum)));
        votes.forEach(
                (slice, sum) ->
                        parts.add(
                                AccuracyPart.ofVotes(
                                        slice.challenger, slice.champion, slice.slice, sum)));
        counts.clear();
        votes.clear();
        return parts;
    }
}
