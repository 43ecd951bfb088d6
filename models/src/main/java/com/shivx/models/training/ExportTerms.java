package com.shivx.models.training;

import com.shivx.models.contract.ModelContract;
import com.shivx.models.contract.OutputKind;
import com.shivx.models.contract.Task;

/** The contract that a trained model is exported under, held against what it has learned. */
public final class ExportTerms {

    private ExportTerms() {}

    /**
     * The contract with what its numbers mean, where it leaves that open.
     *
     * @throws TrainingException if the contract promises another model
     */
    public static ModelContract agreed(ModelContract contract, TrainedModel model)
            throws TrainingException {
        TrainingTask task = model.task();
        require("task", contract.task(), task.task());
        require("columns", contract.columns(), model.columns());
        require("classes", contract.classes(), task.classes());
        OutputKind kind =
                task.task() == Task.CLASSIFICATION ? OutputKind.PROBABILITIES : OutputKind.VALUE;
        require("output", contract.output() == null ? kind : contract.output(), kind);
        if (contract.imputes() && !model.answersMissing()) {
            throw new TrainingException(
                    contract.id() + " promises to answer missing values, and this model does not",
                    "impute them inside the model, or do not promise it");
        }
        return new ModelContract(
                contract.model(),
                contract.version(),
                contract.task(),
                contract.featureSet(),
                contract.featureSetHash(),
                contract.columns(),
                contract.classes(),
                contract.actions(),
                kind,
                contract.imputes());
    }

    private static void require(String what, Object promised, Object learned)
            throws TrainingException {
        if (!promised.equals(learned)) {
            throw new TrainingException(
                    "the contract's %s is %s, and the model was trained for %s"
                            .formatted(what, promised, learned),
                    "let the contract say what was trained");
        }
    }
}
