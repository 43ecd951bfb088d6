package com.shivx.models.training.xgboost;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.models.contract.ContractMetadata;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.graph.OnnxWriter;
import com.shivx.models.onnx.BatchScorer;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.onnx.OnnxModel;
import com.shivx.models.onnx.Scores;
import com.shivx.models.training.Rows;
import com.shivx.models.training.SampleRows;
import com.shivx.models.training.TrainingTask;
import com.shivx.models.training.xgboost.TreeEnsemble.Objective;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import org.junit.jupiter.api.Test;

/**
 * XGBoost against its export over what no trainer of ours would ask for: any depth and number of
 * rounds, base scores given or estimated, any share of missing values, pruned and stumpy trees, cut
 * at any round. {@code -Dshivx.seed=N} draws the same again.
 */
class TreeGraphProperties {

    private static final int TRIALS = 24;
    private static final List<List<String>> CLASSES =
            List.of(List.of(), List.of("A", "B"), List.of("A", "B", "C"));

    @Test
    void answersAsXgboostDoes() throws Exception {
        long seed = Long.getLong("shivx.seed", new SplittableRandom().nextInt(1_000_000));
        System.out.println("TreeGraphProperties: -Dshivx.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int trial = 0; trial < TRIALS; trial++) {
            check(random, trial);
        }
    }

    private static void check(SplittableRandom random, int trial) throws Exception {
        List<String> classes = CLASSES.get(trial % CLASSES.size());
        TrainingTask task =
                classes.isEmpty()
                        ? TrainingTask.regression(Map.of(), 0)
                        : TrainingTask.classification(classes, Map.of(), 0);
        SampleRows sample =
                new SampleRows(
                        random.nextInt(2, 8),
                        random.nextDouble() < 0.3 ? 0 : random.nextDouble(),
                        1);
        Rows fit = sample.rows(task, random.nextInt(200, 1000), random.nextLong());
        int rounds = random.nextInt(1, 40);
        int cut = random.nextInt(1, rounds + 1);
        Map<String, Object> parameters = parameters(random, task);
        DMatrix matrix = labelled(fit);
        Booster booster = XGBoost.train(matrix, parameters, rounds, Map.of(), null, null);
        TreeEnsemble trees = TreeFile.read(booster.toByteArray("json"), cut);

        OnnxWriter graph = TreeGraph.write(trees);
        ModelContract contract = sample.contract(task);
        ContractMetadata.of(contract).forEach(graph::metadata);
        Rows rows = onEdges(trees, sample.rows(task, 500, random.nextLong()));
        DMatrix asked = new DMatrix(rows.values(), rows.count(), rows.width(), Float.NaN);
        float[] expected = XgboostModel.flat(booster.predict(asked, false, cut), task);
        try (OnnxModel model =
                        ModelLoader.DEFAULT.load(ModelArtifact.of(graph.toBytes(), contract));
                BatchScorer scorer = model.newScorer(256)) {
            Scores scores = scorer.score(rows.count(), rows::row);
            for (int i = 0; i < rows.count(); i++) {
                float[] actual = scores.values(i);
                assertThat(actual).hasSize(task.outputs());
                for (int k = 0; k < actual.length; k++) {
                    double allowed = 1e-5 * Math.max(1, Math.abs(expected[i * actual.length + k]));
                    assertThat(Math.abs(actual[k] - expected[i * actual.length + k]))
                            .as("trial %d, row %d, %s, cut at %d", trial, i, parameters, cut)
                            .isLessThanOrEqualTo((float) allowed);
                }
            }
        } finally {
            booster.dispose();
            matrix.dispose();
            asked.dispose();
        }
    }

    private static Map<String, Object> parameters(SplittableRandom random, TrainingTask task) {
        Map<String, Object> parameters = new HashMap<>();
        Objective objective = Objective.of(task.task(), task.classes().size());
        parameters.put("objective", objective.text());
        if (objective == Objective.SOFTMAX) {
            parameters.put("num_class", task.classes().size());
        }
        parameters.put("nthread", 1);
        parameters.put("verbosity", 0);
        parameters.put("seed", random.nextInt());
        parameters.put("max_depth", random.nextInt(1, 10));
        parameters.put("eta", 0.02 + random.nextDouble());
        parameters.put("min_child_weight", random.nextDouble() * 5);
        parameters.put("gamma", random.nextBoolean() ? 0 : random.nextDouble() * 3);
        parameters.put("lambda", random.nextDouble() * 3);
        parameters.put("subsample", 0.3 + 0.7 * random.nextDouble());
        parameters.put("tree_method", random.nextInt(3) == 0 ? "exact" : "hist");
        if (random.nextBoolean()) {
            parameters.put("base_score", 0.02 + 0.96 * random.nextDouble());
        }
        if (random.nextInt(4) == 0) {
            parameters.put("grow_policy", "lossguide");
            parameters.put("tree_method", "hist");
            parameters.put("max_leaves", random.nextInt(2, 40));
        }
        return parameters;
    }

    private static DMatrix labelled(Rows rows) throws Exception {
        DMatrix matrix = new DMatrix(rows.values(), rows.count(), rows.width(), Float.NaN);
        matrix.setLabel(rows.targets());
        return matrix;
    }

    /** The rows, and each split on a row with the floats beside it. */
    private static Rows onEdges(TreeEnsemble trees, Rows rows) {
        List<float[]> list = new ArrayList<>();
        for (int i = 0; i < rows.count(); i++) {
            list.add(rows.row(i));
        }
        for (int column = 0; column < rows.width(); column++) {
            for (float split : trees.splits(column)) {
                for (float value : new float[] {Math.nextDown(split), split, Math.nextUp(split)}) {
                    float[] row = rows.row(list.size() % rows.count());
                    row[column] = value;
                    list.add(row);
                }
            }
        }
        float[] values = new float[list.size() * rows.width()];
        for (int i = 0; i < list.size(); i++) {
            System.arraycopy(list.get(i), 0, values, i * rows.width(), rows.width());
        }
        return Rows.unlabelled(rows.columns(), values);
    }
}
