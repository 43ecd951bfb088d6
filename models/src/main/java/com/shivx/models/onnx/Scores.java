package com.shivx.models.onnx;

import com.shivx.features.FeatureVector;
import com.shivx.models.Action;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.contract.OutputKind;
import org.jspecify.annotations.Nullable;

/**
 * What a model says of the rows of one {@link BatchScorer#score} call; overwritten by the next. One
 * number a class, or the one of a regression: a single probability p of a two-class model becomes
 * (1 − p, p), a single decision score s (−s, s), as scikit-learn's exports with ZipMap have it.
 */
public final class Scores {

    private final ModelContract contract;
    private final OutputKind kind;
    private final int width;
    private final String[] classNames;
    private final @Nullable Action[] actions;
    private float[] values = new float[0];
    private int[] classes = new int[0];
    private PredictionStatus[] statuses = new PredictionStatus[0];
    private int count;

    Scores(ModelContract contract, OutputKind kind) {
        this.contract = contract;
        this.kind = kind;
        this.width = Math.max(1, contract.classes().size());
        this.classNames = contract.classes().toArray(String[]::new);
        this.actions = contract.actions().toArray(Action[]::new);
    }

    /** Rows scored. */
    public int count() {
        return count;
    }

    public PredictionStatus status(int row) {
        return statuses[row];
    }

    /** A copy of the row's numbers; empty unless its status is OK. */
    public float[] values(int row) {
        if (status(row) != PredictionStatus.OK) {
            return new float[0];
        }
        float[] copy = new float[width];
        // By hand: for the few numbers of a row the call of a copying routine takes longer.
        for (int i = 0; i < copy.length; i++) {
            copy[i] = values[row * width + i];
        }
        return copy;
    }

    /**
     * The index of the predicted class: that of the highest number, the first of equals, or of the
     * label that the model gives beside its numbers ({@link OutputKind#LABELLED_SCORES}). Means
     * nothing unless the status is OK.
     */
    public int predicted(int row) {
        return classes[row];
    }

    /** The prediction of that row for the vector it was made from. */
    public Prediction prediction(
            int row, FeatureVector vector, long generation, Role role, boolean served) {
        boolean ok = status(row) == PredictionStatus.OK;
        int predicted = classes[row];
        return new Prediction(
                vector.vectorId(),
                contract.model(),
                contract.version(),
                generation,
                role,
                served,
                vector.symbol(),
                vector.eventTimeMicros(),
                ok ? text(row, predicted) : null,
                ok && kind == OutputKind.PROBABILITIES
                        ? values[row * width + predicted]
                        : Float.NaN,
                ok ? action(predicted) : null,
                classNames,
                values(row),
                status(row));
    }

    private String text(int row, int predicted) {
        return kind == OutputKind.VALUE ? Float.toString(values[row]) : classNames[predicted];
    }

    private @Nullable Action action(int predicted) {
        return kind == OutputKind.VALUE ? null : actions[predicted];
    }

    void reset(int rows) {
        count = rows;
        if (statuses.length < rows) {
            statuses = new PredictionStatus[rows];
            classes = new int[rows];
            values = new float[rows * width];
        }
    }

    /**
     * Nearly always it is what the row of the call before had, and comparing costs less than
     * telling the collector of a reference.
     */
    void set(int row, PredictionStatus status) {
        if (statuses[row] != status) {
            statuses[row] = status;
        }
    }

    /** Takes the first rows of a batch, and judges those that were written to it. */
    void take(int from, Batch batch, int rows) {
        batch.readScores(0, rows, values, from * width, width);
        for (int i = 0; i < rows; i++) {
            if (statuses[from + i] == PredictionStatus.OK) {
                judge(from + i, batch, i);
            }
        }
    }

    private void judge(int row, Batch batch, int batchRow) {
        int at = row * width;
        kind.complete(values, at, batch.width(), width);
        classes[row] =
                kind == OutputKind.LABELLED_SCORES
                        ? batch.labelledClass(batchRow)
                        : best(values, at, at + width);
        if (classes[row] < 0 || !kind.isAnswer(values, at, at + width)) {
            set(row, PredictionStatus.INVALID_OUTPUT);
        }
    }

    private static int best(float[] values, int from, int to) {
        int best = from;
        for (int i = from + 1; i < to; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best - from;
    }

    static int best(float[] values) {
        return best(values, 0, values.length);
    }
}
