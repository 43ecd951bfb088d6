package com.shivx.models.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.ByteString;
import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.models.Action;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.contract.OutputKind;
import com.shivx.models.contract.Task;
import com.shivx.models.testing.Graphs;
import com.shivx.models.training.Rows;
import com.shivx.models.training.SampleRows;
import com.shivx.models.training.SplitPoints;
import com.shivx.models.training.TrainedModel;
import com.shivx.models.training.TrainingException;
import com.shivx.models.training.TrainingListener;
import com.shivx.models.training.TrainingTask;
import com.shivx.models.training.linear.LinearTrainer;
import com.shivx.models.training.xgboost.XgboostTrainer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ExportGateTest {

    private static final SampleRows SAMPLE = SampleRows.ORDINARY;
    private static final TrainingTask TASK =
            SampleRows.directions(
                    Map.of("rounds", "20", "min_child_weight", "5", "min_leaf_share", "0"), 1);

    private static TrainedModel trees() throws TrainingException {
        return new XgboostTrainer()
                .train(
                        TASK,
                        SAMPLE.rows(TASK, 1000, 1),
                        SAMPLE.rows(TASK, 500, 2),
                        TrainingListener.NONE);
    }

    private static Rows real() {
        return SAMPLE.rows(TASK, 300, 3);
    }

    /** A model with another's answers, or another's file. */
    private record Altered(
            TrainedModel model,
            UnaryOperator<float[]> answers,
            UnaryOperator<ModelProto.Builder> file)
            implements TrainedModel, SplitPoints {

        @Override
        public TrainingTask task() {
            return model.task();
        }

        @Override
        public List<String> columns() {
            return model.columns();
        }

        @Override
        public float[] predict(Rows rows) {
            return answers.apply(model.predict(rows));
        }

        @Override
        public boolean answersMissing() {
            return model.answersMissing();
        }

        @Override
        public byte[] toOnnx(ModelContract contract) throws TrainingException {
            return file.apply(Graphs.parse(model.toOnnx(contract)).toBuilder())
                    .build()
                    .toByteArray();
        }

        @Override
        public float[] splits(int column) {
            return ((SplitPoints) model).splits(column);
        }

        @Override
        public Map<String, Double> importance() {
            return model.importance();
        }

        @Override
        public String summary() {
            return model.summary();
        }

        @Override
        public void close() {
            model.close();
        }
    }

    private static ModelProto.Builder attribute(
            ModelProto.Builder file, String name, Consumer<AttributeProto.Builder> change) {
        NodeProto.Builder trees = file.getGraphBuilder().getNodeBuilder(0);
        for (AttributeProto.Builder attribute : trees.getAttributeBuilderList()) {
            if (attribute.getName().equals(name)) {
                change.accept(attribute);
            }
        }
        return file;
    }

    private static void assertCaught(
            UnaryOperator<float[]> answers, UnaryOperator<ModelProto.Builder> file, String message)
            throws Exception {
        try (TrainedModel model = new Altered(trees(), answers, file)) {
            assertThatThrownBy(() -> ExportGate.export(model, SAMPLE.contract(TASK), real()))
                    .isInstanceOf(TrainingException.class)
                    .hasMessageContaining(message);
        }
    }

    @Test
    void catchesSplitsThatTakeTheirOwnValueToTheOtherSide() throws Exception {
        ByteString leq = ByteString.copyFromUtf8("BRANCH_LEQ");
        UnaryOperator<ModelProto.Builder> file =
                model ->
                        attribute(
                                model,
                                "nodes_modes",
                                modes -> {
                                    for (int i = 0; i < modes.getStringsCount(); i++) {
                                        if (!modes.getStrings(i).toStringUtf8().equals("LEAF")) {
                                            modes.setStrings(i, leq);
                                        }
                                    }
                                });
        assertCaught(answers -> answers, file, "apart, and 1.0E-5 is allowed");
    }

    @Test
    void catchesMissingValuesThatGoTheOtherWay() throws Exception {
        UnaryOperator<ModelProto.Builder> file =
                model ->
                        attribute(
                                model,
                                "nodes_missing_value_tracks_true",
                                ways -> {
                                    for (int i = 0; i < ways.getIntsCount(); i++) {
                                        ways.setInts(i, 1 - ways.getInts(i));
                                    }
                                });
        assertCaught(answers -> answers, file, "NaN");
    }

    @Test
    void catchesABaseScoreThatIsLost() throws Exception {
        assertCaught(
                answers -> answers,
                model -> attribute(model, "base_values", base -> base.setFloats(0, 0.5f)),
                "sample@1.0.0 answers row 0 (c0=");
    }

    @Test
    void catchesOneRowOfMany() throws Exception {
        UnaryOperator<float[]> answers =
                all -> {
                    all[3 * 7777] += 2e-5f;
                    return all;
                };
        assertCaught(answers, model -> model, "answers row 7777");
    }

    @Test
    void catchesAnAnswerThatIsNone() throws Exception {
        UnaryOperator<float[]> answers =
                all -> {
                    all[5] = Float.NaN;
                    return all;
                };
        assertCaught(answers, model -> model, "NaN apart");
        UnaryOperator<float[]> unanswered =
                all -> {
                    Arrays.fill(all, 0, 3, Float.NaN);
                    return all;
                };
        assertCaught(unanswered, model -> model, "has no answer to [");
    }

    @Test
    void holdsRegressionsToTheirOwnSpread() throws Exception {
        TrainingTask task = TrainingTask.regression(Map.of(), 1);
        Rows sample = SAMPLE.rows(task, 500, 1);
        float[] small = sample.targets().clone();
        for (int i = 0; i < small.length; i++) {
            small[i] *= 1e-6f;
        }
        Rows rows = Rows.of(sample.columns(), sample.values(), small);
        TrainedModel model = new LinearTrainer().train(task, rows, rows, TrainingListener.NONE);
        ExportGate.export(model, SAMPLE.contract(task), rows);
        UnaryOperator<float[]> off =
                all -> {
                    all[9] += 1e-8f;
                    return all;
                };
        TrainedModel altered = new AlteredValues(model, off);
        assertThatThrownBy(() -> ExportGate.export(altered, SAMPLE.contract(task), rows))
                .hasMessageContaining("answers row 9");
    }

    /** As {@link Altered}, of a model without splits. */
    private record AlteredValues(TrainedModel model, UnaryOperator<float[]> answers)
            implements TrainedModel {

        @Override
        public TrainingTask task() {
            return model.task();
        }

        @Override
        public List<String> columns() {
            return model.columns();
        }

        @Override
        public float[] predict(Rows rows) {
            return answers.apply(model.predict(rows));
        }

        @Override
        public boolean answersMissing() {
            return model.answersMissing();
        }

        @Override
        public byte[] toOnnx(ModelContract contract) throws TrainingException {
            return model.toOnnx(contract);
        }

        @Override
        public Map<String, Double> importance() {
            return model.importance();
        }

        @Override
        public String summary() {
            return model.summary();
        }

        @Override
        public void close() {
            model.close();
        }
    }

    @Test
    void exportsAModelOfAFeatureSetThatSaysAllButItsVersionItself() throws Exception {
        FeatureSet set = FeatureSets.byName("market-v1");
        List<String> columns = List.of("queue_imbalance", "log_return_1s", "rsi_14");
        Rows sample = new SampleRows(3, 0.1, 1).rows(TASK, 1500, 1);
        Rows rows = Rows.of(columns, sample.values(), sample.targets());
        ModelContract contract =
                new ModelContract(
                        "direction",
                        "2.1.0",
                        Task.CLASSIFICATION,
                        set.name(),
                        set.hash(),
                        columns,
                        SampleRows.DIRECTIONS,
                        List.of(Action.SELL, Action.HOLD, Action.BUY),
                        OutputKind.PROBABILITIES,
                        true);
        try (TrainedModel model =
                new XgboostTrainer().train(TASK, rows, rows, TrainingListener.NONE)) {
            CheckedExport export = ExportGate.export(model, contract, rows);
            assertThat(export.artifact().contract()).isEqualTo(contract);
            // The file itself leaves only the version open, which a registry gives.
            assertThat(ModelArtifact.of(export.artifact().bytes()).as("2.1.0").contract())
                    .isEqualTo(contract);
            assertThat(ModelArtifact.of(export.artifact().bytes()).isNamedByItsBytes()).isTrue();
        }
    }

    @Test
    void refusesContractsOfOtherModels() throws Exception {
        try (TrainedModel model = trees()) {
            ModelContract other = new SampleRows(5, 0, 0).contract(TASK);
            assertThatThrownBy(() -> ExportGate.export(model, other, real()))
                    .hasMessageContaining("the contract's columns is [c0, c1, c2, c3, c4]");
            ModelContract regression = SAMPLE.contract(TrainingTask.regression(Map.of(), 0));
            assertThatThrownBy(() -> ExportGate.export(model, regression, real()))
                    .hasMessageContaining("the contract's task is REGRESSION");
            assertThatThrownBy(
                            () ->
                                    ExportGate.export(
                                            model, SAMPLE.contract(TASK), real().span(0, 0)))
                    .hasMessageContaining("there are no rows to try the export on");
        }
    }

    @Test
    void refusesAFileThatCannotServe() throws Exception {
        UnaryOperator<ModelProto.Builder> broken =
                model -> {
                    model.getGraphBuilder().getNodeBuilder(0).setOpType("NoSuchOperator");
                    return model;
                };
        try (TrainedModel model = new Altered(trees(), answers -> answers, broken)) {
            assertThatThrownBy(() -> ExportGate.export(model, SAMPLE.contract(TASK), real()))
                    .isInstanceOf(ModelRefusedException.class);
        }
    }
}
