package com.shivx.cli;

import com.shivx.models.artifact.NamedNumbers;
import com.shivx.models.artifact.ValidatedMetrics;
import com.shivx.models.benchmark.ModelSpeed;
import com.shivx.models.benchmark.SpeedFigures;
import com.shivx.models.quantization.LabelledQuality;
import com.shivx.models.quantization.QuantizationReport;
import com.shivx.models.quantization.ScoreChange;
import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.registry.FlatJson;
import com.shivx.models.registry.ProvenanceJson;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What belongs to a quantised model as a version of its own. */
final class QuantizedFiles {

    private QuantizedFiles() {}

    /**
     * What its original has, of which it is within tolerance: how its features look and which it
     * leans on. Its metrics say before and after, and keep the original's figures as the
     * original's; its provenance names the original.
     *
     * @param original the original's files; empty of one that is in no registry
     */
    static Map<ArtifactFile, byte[]> of(
            QuantizationReport report,
            List<ModelSpeed> speeds,
            Map<ArtifactFile, byte[]> original,
            String by) {
        Map<ArtifactFile, byte[]> files = new EnumMap<>(ArtifactFile.class);
        for (ArtifactFile kept : List.of(ArtifactFile.REFERENCE, ArtifactFile.IMPORTANCE)) {
            byte[] bytes = original.get(kept);
            if (bytes != null) {
                files.put(kept, bytes);
            }
        }
        files.put(
                ArtifactFile.METRICS,
                NamedNumbers.bytes(metrics(report, speeds, original.get(ArtifactFile.METRICS))));
        files.put(
                ArtifactFile.PROVENANCE,
                ProvenanceJson.derived(
                        original.get(ArtifactFile.PROVENANCE), "quantized", facts(report, by)));
        return files;
    }

    private static Map<String, Object> facts(QuantizationReport report, String by) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("from", report.original().contract().id());
        facts.put("from_sha256", report.original().sha256());
        facts.put("calibration_rows", report.calibration().rows());
        facts.put("code_version", by);
        return facts;
    }

    private static Map<String, Double> metrics(
            QuantizationReport report, List<ModelSpeed> speeds, byte @Nullable [] original) {
        ScoreChange change = report.change();
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("quantization.rows", (double) change.rows());
        metrics.put("quantization.class_changes", change.classChanges());
        metrics.put("quantization.mean_difference", change.meanDifference());
        metrics.put("quantization.max_difference", change.maxDifference());
        put(metrics, ValidatedMetrics.BEFORE_QUANTIZATION, report.bytesBefore(), change.before());
        put(metrics, ValidatedMetrics.AFTER_QUANTIZATION, report.bytesAfter(), change.after());
        for (ModelSpeed speed : speeds) {
            metrics.putAll(SpeedFigures.of("benchmark." + speed.name() + ".", speed));
        }
        FlatJson.of(original)
                .forEach(
                        (name, text) -> {
                            Double number = FlatJson.number(text);
                            if (number != null) {
                                metrics.put(ValidatedMetrics.OF_ORIGINAL + name, number);
                            }
                        });
        return metrics;
    }

    /** What rows without labels do not say is not said. */
    private static void put(
            Map<String, Double> metrics, String name, long bytes, LabelledQuality quality) {
        metrics.put(name + "bytes", (double) bytes);
        if (quality.rows() > 0) {
            metrics.put(name + "accuracy", quality.accuracy());
            metrics.put(name + "log_loss", quality.logLoss());
            metrics.put(name + "brier", quality.brier());
        }
    }
}
