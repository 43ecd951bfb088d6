package com.shivx.models.training.export;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.PredictionStatus;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.contract.Task;
import com.shivx.models.onnx.BatchScorer;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.onnx.OnnxModel;
import com.shivx.models.onnx.Scores;
import com.shivx.models.training.ExportTerms;
import com.shivx.models.training.Rows;
import com.shivx.models.training.TrainedModel;
import com.shivx.models.training.TrainingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Exports a model and holds the file against it: more than 10,000 {@link ProbeRows}, real ones,
 * ones with holes and ones on the edge of every split, through both. A file that is further than
 * the tolerance from its model in one number of one row is not returned.
 *
 * <p>The tolerance of a probability is 1e-5. Of a regression it is 1e-5 of the spread of the
 * model's own answers, plus 16 units in the last place of the largest: float32 sums in another
 * order differ by so much, and a model of returns of 1e-4 is not let off with 1e-5.
 *
 * <p>Then a sample of the rows must keep its bits in every batch ({@link ServingBits}).
 */
public final class ExportGate {

    /** The most that a probability may be off. */
    public static final double TOLERANCE = 1e-5;

    private static final double ULPS = 16;
    private static final int BIT_SAMPLE = 64;
    private static final String REMEDY =
            "do not serve it; keep the rows and parameters, and report them as a mistake of the export";

    private ExportGate() {}

    /**
     * Exports a model.
     *
     * @param contract what the file is held to
     * @param real rows that it may meet, targets or none; at least one
     * @throws TrainingException if the contract is not one of this model, or the file answers
     *     otherwise than the model
     * @throws ModelRefusedException if the file would not be let serve
     */
    public static CheckedExport export(TrainedModel model, ModelContract contract, Rows real)
            throws TrainingException, ModelRefusedException {
        if (real.count() == 0) {
            throw new TrainingException("there are no rows to try the export on", "give some");
        }
        ModelContract agreed = ExportTerms.agreed(contract, model);
        ModelArtifact artifact = artifact(model.toOnnx(agreed), agreed);
        try (OnnxModel served = ModelLoader.DEFAULT.load(artifact)) {
            ProbeRows probes = ProbeRows.of(model, real);
            VectorLayout layout = VectorLayout.of(agreed);
            double difference = compare(model, agreed, served, probes, layout);
            ServingBits.check(served, sample(probes, layout));
            return new CheckedExport(artifact, probes.rows().count(), difference);
        }
    }

    /** Whoever gets the file alone must read the same contract from it. */
    private static ModelArtifact artifact(byte[] bytes, ModelContract agreed)
            throws TrainingException, ModelRefusedException {
        if (agreed.featureSet() == null) {
            return ModelArtifact.of(bytes, agreed);
        }
        ModelArtifact artifact = ModelArtifact.of(bytes).as(agreed.version());
        if (!artifact.contract().equals(agreed)) {
            throw new TrainingException(
                    "the file reads back as %s, and its contract is %s"
                            .formatted(artifact.contract(), agreed),
                    "let the contract say everything, an action for each class among it");
        }
        return artifact;
    }

    private static double compare(
            TrainedModel model,
            ModelContract contract,
            OnnxModel served,
            ProbeRows probes,
            VectorLayout layout)
            throws TrainingException {
        Rows rows = probes.rows();
        int outputs = model.task().outputs();
        float[] expected = model.predict(rows);
        double tolerance = tolerance(model.task().task(), expected);
        double largest = 0;
        try (BatchScorer scorer = served.newScorer(Integer.MAX_VALUE)) {
            Scores scores = scorer.score(rows.count(), i -> layout.vector(rows.row(i)));
            for (int i = 0; i < rows.count(); i++) {
                float[] answer = Arrays.copyOfRange(expected, i * outputs, (i + 1) * outputs);
                checkAnswered(contract, answer, rows.row(i));
                double difference = difference(answer, scores, i);
                if (!(difference <= tolerance)) {
                    throw new TrainingException(
                            "%s answers row %d (%s) with %s, and the model with %s: %s apart, and %s is allowed"
                                    .formatted(
                                            contract.id(),
                                            i,
                                            Telling.of(model, probes, i),
                                            scores.status(i) == PredictionStatus.OK
                                                    ? Arrays.toString(scores.values(i))
                                                    : scores.status(i),
                                            Arrays.toString(answer),
                                            difference,
                                            tolerance),
                            REMEDY);
                }
                largest = Math.max(largest, difference);
            }
        }
        return largest;
    }

    /** A model of another program may have no answer, but only where it promises none. */
    private static void checkAnswered(ModelContract contract, float[] answer, float[] row)
            throws TrainingException {
        boolean complete = true;
        for (float value : row) {
            complete &= !Float.isNaN(value);
        }
        if (Float.isNaN(answer[0]) && (complete || contract.imputes())) {
            throw new TrainingException(
                    "%s has no answer to %s".formatted(contract.id(), Arrays.toString(row)),
                    "let it give "
                            + (contract.output() == null
                                    ? "an answer"
                                    : contract.output().promise())
                            + (complete ? "" : " for missing values too"));
        }
    }

    /** Both without an answer agree too. */
    private static double difference(float[] expected, Scores scores, int row) {
        if (scores.status(row) != PredictionStatus.OK) {
            return Float.isNaN(expected[0]) ? 0 : Double.NaN;
        }
        float[] actual = scores.values(row);
        double largest = 0;
        for (int k = 0; k < expected.length; k++) {
            double difference = Math.abs((double) expected[k] - actual[k]);
            largest = difference <= largest ? largest : difference;
        }
        return largest;
    }

    private static double tolerance(Task task, float[] answers) {
        if (task == Task.CLASSIFICATION) {
            return TOLERANCE;
        }
        float low = answers[0];
        float high = answers[0];
        for (float answer : answers) {
            low = Math.min(low, answer);
            high = Math.max(high, answer);
        }
        float largest = Math.max(Math.abs(low), Math.abs(high));
        return TOLERANCE * ((double) high - low) + ULPS * Math.ulp(largest);
    }

    /** Evenly over all of them, the row of nothing among them. */
    private static List<float[]> sample(ProbeRows probes, VectorLayout layout) {
        List<float[]> sample = new ArrayList<>();
        for (int i = 0; i < BIT_SAMPLE; i++) {
            int row = (int) ((long) i * probes.rows().count() / BIT_SAMPLE);
            sample.add(layout.vector(probes.rows().row(row)));
        }
        sample.add(layout.vector(probes.rows().row(ProbeRows.REAL)));
        return sample;
    }
}
