package com.shivx.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.models.benchmark.ModelSpeed;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.quantization.LabelledQuality;
import com.shivx.models.quantization.QuantizationReport;
import com.shivx.models.quantization.ScoreChange;
import java.util.List;
import java.util.Locale;

/** A quantisation for programs. */
final class QuantizationJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private QuantizationJson() {}

    /** What NaN would be is null. */
    static ObjectNode of(QuantizationReport report, List<ModelSpeed> speeds) {
        ObjectNode root = JSON.createObjectNode();
        root.put("accepted", report.accepted());
        report.exceeded()
                .forEach(
                        excess ->
                                root.withArray("exceeded")
                                        .addObject()
                                        .put("bound", excess.bound().name())
                                        .put("figure", excess.figure()));
        root.set("original", model(report.original()));
        root.set("quantized", model(report.quantized()));
        root.put("ratio", report.ratio());
        root.putObject("calibration")
                .put("rows", report.calibration().rows())
                .put("values_not_finite", report.calibration().notFinite())
                .put("unanswered", report.calibration().unanswered().name());
        root.set("change", change(report.change()));
        root.set("speed", SpeedJson.of(speeds));
        return root;
    }

    private static ObjectNode model(ModelArtifact artifact) {
        return JSON.createObjectNode()
                .put("id", artifact.contract().id())
                .put("sha256", artifact.sha256())
                .put("bytes", artifact.bytes().length);
    }

    private static ObjectNode change(ScoreChange change) {
        ObjectNode node =
                JSON.createObjectNode()
                        .put("output", change.kind().name().toLowerCase(Locale.ROOT))
                        .put("rows", change.rows())
                        .put("answers_lost", change.answersLost())
                        .put("answers_gained", change.answersGained())
                        .put("class_changes", JsonFile.number(change.classChanges()))
                        .put("mean_difference", JsonFile.number(change.meanDifference()))
                        .put("max_difference", JsonFile.number(change.maxDifference()))
                        .put("relative_difference", JsonFile.number(change.relativeDifference()));
        node.set("before", quality(change.before()));
        node.set("after", quality(change.after()));
        return node;
    }

    private static ObjectNode quality(LabelledQuality quality) {
        return JSON.createObjectNode()
                .put("rows", quality.rows())
                .put("accuracy", JsonFile.number(quality.accuracy()))
                .put("log_loss", JsonFile.number(quality.logLoss()))
                .put("brier", JsonFile.number(quality.brier()));
    }
}
