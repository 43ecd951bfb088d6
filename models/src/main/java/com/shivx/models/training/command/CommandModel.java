package com.shivx.models.training.command;

import com.shivx.models.Action;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.PredictionStatus;
import com.shivx.models.contract.ContractMetadata;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.contract.OutputKind;
import com.shivx.models.contract.Task;
import com.shivx.models.graph.OnnxMetadata;
import com.shivx.models.onnx.BatchScorer;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.onnx.OnnxModel;
import com.shivx.models.onnx.Scores;
import com.shivx.models.training.ExportTerms;
import com.shivx.models.training.Rows;
import com.shivx.models.training.TrainedModel;
import com.shivx.models.training.TrainingException;
import com.shivx.models.training.TrainingTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model that another program has written. It has no answers but its file's, so they are taken row
 * by row, and the export gate then holds the file's batches against them.
 */
final class CommandModel implements TrainedModel {

    private final TrainingTask task;
    private final List<String> columns;
    private final byte[] bytes;
    private final OnnxModel model;
    private final String summary;

    private CommandModel(
            TrainingTask task,
            List<String> columns,
            byte[] bytes,
            OnnxModel model,
            String summary) {
        this.task = task;
        this.columns = columns;
        this.bytes = bytes;
        this.model = model;
        this.summary = summary;
    }

    /**
     * Loads what was written, with a trial run.
     *
     * @throws ModelRefusedException if it could not serve this task
     */
    static CommandModel of(
            TrainingTask task, List<String> columns, byte[] bytes, List<String> lastWords)
            throws ModelRefusedException {
        List<@Nullable Action> actions = new ArrayList<>();
        task.classes().forEach(name -> actions.add(null));
        OutputKind kind =
                task.task() == Task.CLASSIFICATION ? OutputKind.PROBABILITIES : OutputKind.VALUE;
        // Provisional: the name that it will have is not known yet.
        ModelContract contract =
                new ModelContract(
                        "trained",
                        "0.0.0",
                        task.task(),
                        null,
                        null,
                        columns,
                        task.classes(),
                        actions,
                        kind,
                        false);
        OnnxModel model = ModelLoader.DEFAULT.load(ModelArtifact.of(bytes, contract));
        String said = lastWords.isEmpty() ? "" : lastWords.get(lastWords.size() - 1);
        return new CommandModel(task, columns, bytes, model, said);
    }

    @Override
    public TrainingTask task() {
        return task;
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    /** NaN where the file has no answer. */
    @Override
    public float[] predict(Rows rows) {
        if (!rows.columns().equals(columns)) {
            throw new IllegalArgumentException(
                    "the rows have columns %s; give %s".formatted(rows.columns(), columns));
        }
        int outputs = task.outputs();
        float[] answers = new float[rows.count() * outputs];
        Arrays.fill(answers, Float.NaN);
        try (BatchScorer scorer = model.newScorer(1)) {
            for (int i = 0; i < rows.count(); i++) {
                Scores scores = scorer.score(rows.row(i));
                if (scores.status(0) == PredictionStatus.OK) {
                    System.arraycopy(scores.values(0), 0, answers, i * outputs, outputs);
                }
            }
        }
        return answers;
    }

    @Override
    public boolean answersMissing() {
        return model.answersMissing();
    }

    /** As it was written, with the contract in place of what it says of itself. */
    @Override
    public byte[] toOnnx(ModelContract contract) throws TrainingException {
        ModelContract agreed = ExportTerms.agreed(contract, this);
        return OnnxMetadata.replaced(
                bytes, ContractMetadata.PREFIX, ContractMetadata.ofAnyVersion(agreed));
    }

    /** Nobody knows what it looks at. */
    @Override
    public Map<String, Double> importance() {
        return Map.of();
    }

    /** Its last words. */
    @Override
    public String summary() {
        return summary;
    }

    @Override
    public void close() {
        model.close();
    }
}
