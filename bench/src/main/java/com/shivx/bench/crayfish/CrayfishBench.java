package com.shivx.bench.crayfish;

import com.shivx.bench.BenchReport;
import com.shivx.bench.Median;
import com.shivx.bench.Progress;
import com.shivx.bench.model.BenchModels;
import com.shivx.bench.rig.InputTopic;
import com.shivx.bench.rig.KafkaBytes;
import com.shivx.bench.rig.Measurement;
import com.shivx.bench.rig.Rig;
import com.shivx.bench.rig.Trial;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.contract.OutputKind;
import com.shivx.models.contract.Task;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * {@code bench crayfish}: the workload of the Crayfish benchmark (EDBT 2024) with a model embedded
 * in Flink: 784 floats in JSON, a network of 28,000 parameters, one slot.
 */
public final class CrayfishBench {

    /** Events a second that Crayfish published: Flink 1.15, embedded ONNX, one slot, batch 1. */
    public static final double PUBLISHED = 1_087;

    private static final int CLASSES = 10;
    private static final long SEED = 5;
    private static final long CREATED_MICROS = 1_700_000_000_000_000L;

    /** As many as make a topic that does not repeat within what any buffer holds. */
    private static final int DISTINCT_IMAGES = 2_000;

    /** Images a second that are written beforehand; what is missing is added when it shows. */
    private static final int FIRST_GUESS = 20_000;

    private final CrayfishPlan plan;
    private final Progress progress;

    private CrayfishBench(CrayfishPlan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** Runs it. */
    public static BenchReport run(CrayfishPlan plan, Progress progress) throws Exception {
        return new CrayfishBench(plan, progress).run();
    }

    private BenchReport run() throws Exception {
        ModelArtifact model = ModelArtifact.of(BenchModels.images(), contract());
        List<Measurement> runs = new ArrayList<>();
        Map<String, String> settings = plan.times().settings();
        try (Rig rig = Rig.start(plan.flinkConf(), settings, plan.options(), progress)) {
            InputTopic images = new InputTopic(rig, "images", "images", 0, images());
            images.fillTo(plan.times().records(FIRST_GUESS), progress);
            Trial trial = new Trial(rig, images, plan.times(), progress);
            for (int repeat = 1; repeat <= plan.repeats(); repeat++) {
                runs.add(
                        trial.run(
                                "crayfish-" + repeat,
                                (env, options) -> CrayfishJob.build(env, model, options)));
            }
        }
        return report(runs);
    }

    private static ModelContract contract() {
        return new ModelContract(
                "crayfish",
                "1.0.0",
                Task.CLASSIFICATION,
                null,
                null,
                IntStream.range(0, ImageJson.PIXELS).mapToObj(i -> "x" + i).toList(),
                IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList(),
                Collections.nCopies(CLASSES, null),
                OutputKind.PROBABILITIES,
                false);
    }

    private static Supplier<KafkaBytes> images() {
        SplittableRandom random = new SplittableRandom(SEED);
        ImageJson json = new ImageJson();
        List<byte[]> written = new ArrayList<>();
        for (int i = 0; i < DISTINCT_IMAGES; i++) {
            float[] pixels = new float[ImageJson.PIXELS];
            for (int pixel = 0; pixel < pixels.length; pixel++) {
                pixels[pixel] = (float) random.nextDouble();
            }
            written.add(json.write(new ImageJson.Image(i, CREATED_MICROS + i, pixels)));
        }
        return new Supplier<>() {
            private long next;

            @Override
            public KafkaBytes get() {
                int image = (int) (next++ % DISTINCT_IMAGES);
                return new KafkaBytes(
                        Integer.toString(image).getBytes(StandardCharsets.UTF_8),
                        written.get(image));
            }
        };
    }

    private static BenchReport report(List<Measurement> runs) {
        double median = Median.of(runs.stream().map(Measurement::perSecond).toList());
        BenchReport report = new BenchReport("crayfish", "system", "events/s", "of published");
        report.row(
                "Crayfish, Flink 1.15 with embedded ONNX, one slot, as published",
                String.format(Locale.ROOT, "%,.0f", PUBLISHED),
                "1.0");
        report.row(
                "ShivX, one slot",
                String.format(Locale.ROOT, "%,.0f", median),
                String.format(Locale.ROOT, "%.1f", median / PUBLISHED));
        report.figure("eventsPerSecond", median);
        report.median("crayfish", median);
        report.ratio("toPublished", median / PUBLISHED);
        runs.forEach(run -> report.run("crayfish", run.figures()));
        return report;
    }
}
