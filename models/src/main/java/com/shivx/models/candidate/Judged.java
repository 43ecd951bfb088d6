package com.shivx.models.candidate;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.onnx.BatchScorer;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.onnx.OnnxModel;
import com.shivx.models.onnx.Scores;
import com.shivx.models.training.Rows;
import java.util.Arrays;

/** What a model says of rows as it serves: by its ONNX file, and in the order of the classes. */
final class Judged {

    private static final int CHUNK = 4_096;

    private Judged() {}

    /**
     * Row after row one probability of each class; NaN where it has no answer.
     *
     * @param rows whole vectors of the model's feature set
     * @throws ModelRefusedException if it does not give probabilities of these classes
     */
    static double[] probabilities(ModelArtifact artifact, Rows rows) throws ModelRefusedException {
        int[] places = places(artifact);
        double[] all = new double[rows.count() * places.length];
        Arrays.fill(all, Double.NaN);
        try (OnnxModel model = ModelLoader.DEFAULT.load(artifact);
                BatchScorer scorer = model.newScorer(Integer.MAX_VALUE)) {
            for (int from = 0; from < rows.count(); from += CHUNK) {
                int start = from;
                Scores scores =
                        scorer.score(
                                Math.min(CHUNK, rows.count() - from), i -> rows.row(start + i));
                for (int i = 0; i < scores.count(); i++) {
                    float[] row = scores.values(i);
                    for (int k = 0; k < places.length && row.length == places.length; k++) {
                        all[(start + i) * places.length + k] = row[places[k]];
                    }
                }
            }
        }
        return all;
    }

    private static int[] places(ModelArtifact artifact) throws ModelRefusedException {
        int[] places = new int[TrainingRows.CLASSES.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = artifact.contract().classes().indexOf(TrainingRows.CLASSES.get(i));
            if (places[i] < 0 || artifact.contract().classes().size() != places.length) {
                throw new ModelRefusedException(
                        "%s has classes %s, and labels are %s"
                                .formatted(
                                        artifact.contract().id(),
                                        artifact.contract().classes(),
                                        TrainingRows.CLASSES),
                        "compare models of the same classes");
            }
        }
        return places;
    }
}
