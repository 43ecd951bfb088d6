package com.shivx.bench.scoring;

import com.shivx.bench.BenchException;
import com.shivx.bench.BenchReport;
import com.shivx.bench.Median;
import com.shivx.bench.Progress;
import com.shivx.bench.model.BenchModels;
import com.shivx.jobs.options.ScoringOptions;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.onnx.BatchScorer;
import com.shivx.models.onnx.Device;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.onnx.OnnxModel;
import com.shivx.operators.scoring.Calibration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A network of more than ten million parameters on a GPU and on the CPU, in turn, by the product's
 * own scorer, each in the batch that its calibration finds. Without a GPU it says so, and that is
 * all.
 */
final class GpuComparison {

    /** Between probabilities of the one and of the other. */
    private static final float TOLERANCE = 1e-4f;

    private static final Device GPU = new Device(Device.Kind.CUDA, 0);

    private final ScoringPlan plan;
    private final float[][] rows;
    private final Progress progress;

    /** A comparison over such rows. */
    GpuComparison(ScoringPlan plan, float[][] rows, Progress progress) {
        this.plan = plan;
        this.rows = rows;
        this.progress = progress;
    }

    /** Adds {@code cudaToCpu}, or the reason why there is none. */
    void addTo(BenchReport report, BenchModels models) throws Exception {
        if (!GPU.kind().isBuiltIn()) {
            skip(
                    report,
                    "this process's ONNX Runtime has no CUDA; build with the Maven profile gpu");
            return;
        }
        ModelArtifact artifact = ModelArtifact.of(models.largeNetwork());
        try (OnnxModel cpu = ModelLoader.DEFAULT.load(artifact);
                OnnxModel gpu = ModelLoader.DEFAULT.on(GPU).load(artifact)) {
            compare(report, cpu, gpu);
        } catch (ModelRefusedException e) {
            skip(report, String.valueOf(e.getMessage()));
        }
    }

    private void skip(BenchReport report, String reason) {
        progress.line("cudaToCpu: skipped, " + reason);
        report.note("cudaToCpu was skipped: " + reason);
    }

    private void compare(BenchReport report, OnnxModel cpu, OnnxModel gpu) {
        Calibration onCpu = calibrated(cpu);
        Calibration onGpu = calibrated(gpu);
        List<Double> cpuRows = new ArrayList<>();
        List<Double> gpuRows = new ArrayList<>();
        try (BatchScorer byCpu = cpu.newScorer(onCpu.batchSize());
                BatchScorer byGpu = gpu.newScorer(onGpu.batchSize())) {
            float difference = difference(byCpu, byGpu);
            if (!(difference <= TOLERANCE)) {
                throw new BenchException(
                        "the GPU's probabilities differ from the CPU's by %s, more than %s"
                                .formatted(difference, TOLERANCE));
            }
            for (int round = 0; round <= plan.rounds(); round++) {
                double cpuRate = rate(byCpu, onCpu.batchSize());
                double gpuRate = rate(byGpu, onGpu.batchSize());
                progress.now(
                        String.format(
                                Locale.ROOT,
                                "large network: %,.0f rows/s by cuda, %,.0f by the cpu",
                                gpuRate,
                                cpuRate));
                // The first warms up.
                if (round > 0) {
                    cpuRows.add(cpuRate);
                    gpuRows.add(gpuRate);
                }
            }
            report(report, Median.of(cpuRows), Median.of(gpuRows), difference);
        }
    }

    private static void report(BenchReport report, double cpu, double gpu, float difference) {
        report.median("largeNetworkCpu", cpu);
        report.median("largeNetworkCuda", gpu);
        report.ratio("cudaToCpu", gpu / cpu);
        report.run("largeNetwork", Map.of("largestDifference", difference));
        report.note(
                String.format(
                        Locale.ROOT,
                        "large network: %,.0f rows/s by cuda, %,.0f by the cpu, %.1f times as many;"
                                + " probabilities differ by %.1e at most",
                        gpu,
                        cpu,
                        gpu / cpu,
                        difference));
    }

    private Calibration calibrated(OnnxModel model) {
        return Calibration.of(
                model,
                plan.options().get(ScoringOptions.MAX_BATCH_SIZE),
                plan.options().get(ScoringOptions.MAX_DELAY).toMillis());
    }

    private float difference(BatchScorer one, BatchScorer other) {
        float largest = 0;
        for (float[] row : rows) {
            float[] a = one.score(row).values(0);
            float[] b = other.score(row).values(0);
            for (int i = 0; i < a.length; i++) {
                largest = Math.max(largest, Math.abs(a[i] - b[i]));
            }
        }
        return largest;
    }

    private double rate(BatchScorer scorer, int batch) {
        long nanos = plan.round().toNanos();
        long start = System.nanoTime();
        long scored = 0;
        long elapsed;
        do {
            int shift = (int) (scored % rows.length);
            scorer.score(batch, i -> rows[(i + shift) % rows.length]);
            scored += batch;
            elapsed = System.nanoTime() - start;
        } while (elapsed < nanos);
        return scored * 1e9 / elapsed;
    }
}
