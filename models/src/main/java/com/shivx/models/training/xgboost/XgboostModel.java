package com.shivx.models.training.xgboost;

import com.shivx.models.contract.ContractMetadata;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.graph.OnnxWriter;
import com.shivx.models.training.ExportTerms;
import com.shivx.models.training.Rows;
import com.shivx.models.training.SplitPoints;
import com.shivx.models.training.TrainedModel;
import com.shivx.models.training.TrainingException;
import com.shivx.models.training.TrainingTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Boosted trees, cut at their best round: XGBoost's own for answers, ours for the export. */
final class XgboostModel implements TrainedModel, SplitPoints {

    private final TrainingTask task;
    private final List<String> columns;
    private final Booster booster;
    private final int rounds;
    private final TreeEnsemble trees;
    private final String summary;

    XgboostModel(
            TrainingTask task,
            List<String> columns,
            Booster booster,
            int rounds,
            TreeEnsemble trees,
            String summary) {
        this.task = task;
        this.columns = columns;
        this.booster = booster;
        this.rounds = rounds;
        this.trees = trees;
        this.summary = summary;
    }

    @Override
    public TrainingTask task() {
        return task;
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    /** By XGBoost, which does not know the graph. */
    @Override
    public float[] predict(Rows rows) {
        if (!rows.columns().equals(columns)) {
            throw new IllegalArgumentException(
                    "the rows have columns %s; give %s".formatted(rows.columns(), columns));
        }
        if (rows.count() == 0) {
            return new float[0];
        }
        try {
            DMatrix matrix = new DMatrix(rows.values(), rows.count(), rows.width(), Float.NaN);
            try {
                return flat(booster.predict(matrix, false, rounds), task);
            } finally {
                matrix.dispose();
            }
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost gives no prediction: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean answersMissing() {
        return true;
    }

    @Override
    public byte[] toOnnx(ModelContract contract) throws TrainingException {
        ModelContract agreed = ExportTerms.agreed(contract, this);
        OnnxWriter graph = TreeGraph.write(trees);
        ContractMetadata.ofAnyVersion(agreed).forEach(graph::metadata);
        return graph.toBytes();
    }

    @Override
    public float[] splits(int column) {
        return trees.splits(column);
    }

    /** By the gain of the splits. */
    @Override
    public Map<String, Double> importance() {
        double[] shares = trees.gainShares();
        Map<String, Double> importance = new LinkedHashMap<>();
        for (int i = 0; i < shares.length; i++) {
            importance.put(columns.get(i), shares[i]);
        }
        return importance;
    }

    @Override
    public String summary() {
        return summary;
    }

    /** Rounds that it was cut at. */
    int rounds() {
        return rounds;
    }

    @Override
    public void close() {
        booster.dispose();
    }

    /** Row by row; the one probability of two classes becomes (1 − p, p). */
    static float[] flat(float[][] answers, TrainingTask task) {
        int outputs = task.outputs();
        float[] flat = new float[answers.length * outputs];
        for (int i = 0; i < answers.length; i++) {
            if (answers[i].length < outputs) {
                flat[i * outputs] = 1 - answers[i][0];
                flat[i * outputs + 1] = answers[i][0];
            } else {
                System.arraycopy(answers[i], 0, flat, i * outputs, outputs);
            }
        }
        return flat;
    }
}
