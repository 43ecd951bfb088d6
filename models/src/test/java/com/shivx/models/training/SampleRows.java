package com.shivx.models.training;

import com.shivx.models.Action;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.contract.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows whose target follows the first two columns, with noise; the other columns say nothing.
 *
 * @param width columns
 * @param missing share of values that are missing
 * @param noise standard deviation of what no column tells
 */
public record SampleRows(int width, double missing, double noise) {

    /** As many classes as there are in a market. */
    public static final List<String> DIRECTIONS = List.of("DOWN", "FLAT", "UP");

    public static final SampleRows ORDINARY = new SampleRows(6, 0.1, 1);

    public static TrainingTask directions(Map<String, String> parameters, long seed) {
        return TrainingTask.classification(DIRECTIONS, parameters, seed);
    }

    public List<String> columns() {
        return IntStream.range(0, width).mapToObj(i -> "c" + i).toList();
    }

    /** Rows of a task: thirds of a classification of three, halves of two. */
    public Rows rows(TrainingTask task, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count * width];
        float[] targets = new float[count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < width; j++) {
                float value = (float) (random.nextGaussian() * Math.pow(10, j - 1));
                values[i * width + j] = random.nextDouble() < missing ? Float.NaN : value;
            }
            double signal = seen(values[i * width]) * 10 + Math.abs(seen(values[i * width + 1]));
            targets[i] = target(task, signal - 0.8 + noise * random.nextGaussian());
        }
        return Rows.of(columns(), values, targets);
    }

    private static double seen(float value) {
        return Float.isNaN(value) ? 0 : value;
    }

    private static float target(TrainingTask task, double signal) {
        return switch (task.classes().size()) {
            case 0 -> (float) signal;
            case 2 -> signal > 0 ? 1 : 0;
            default -> signal > 0.6 ? 2 : signal < -0.6 ? 0 : 1;
        };
    }

    /** A contract of any columns. */
    public ModelContract contract(TrainingTask task) {
        List<@Nullable Action> actions = new ArrayList<>();
        task.classes().forEach(name -> actions.add(null));
        return new ModelContract(
                "sample",
                "1.0.0",
                task.task(),
                null,
                null,
                columns(),
                task.classes(),
                actions,
                null,
                task.task() == Task.CLASSIFICATION);
    }
}
