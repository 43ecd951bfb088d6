package com.shivx.models.training.export;

import com.shivx.models.training.Rows;
import com.shivx.models.training.SplitPoints;
import com.shivx.models.training.TrainedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The rows that an export is tried on, always the same of the same rows and model:
 *
 * <ol>
 *   <li>10,000 real ones, evenly over the span; where there are fewer, they come again with a fifth
 *       of their values missing;
 *   <li>a row with nothing, and for each column one that lacks it;
 *   <li>for each split of a model that has some, three real rows whose value is the split, and the
 *       floats right below and above it; evenly chosen where there are more than 10,000 splits.
 * </ol>
 *
 * @param rows all of them
 * @param probed the column that was changed in each; −1 of real rows and of the empty one
 */
record ProbeRows(Rows rows, int[] probed) {

    static final int REAL = 10_000;

    private static final int MOST_SPLITS = 10_000;
    private static final double HOLES = 0.2;
    private static final int NONE = -1;

    static ProbeRows of(TrainedModel model, Rows real) {
        Collection collection = new Collection(real);
        collection.addReal();
        collection.addMissing();
        if (model instanceof SplitPoints points) {
            collection.addSplits(points);
        }
        return collection.toRows();
    }

    private static final class Collection {

        private final Rows real;
        private final List<float[]> rows = new ArrayList<>();
        private final List<Integer> probed = new ArrayList<>();

        Collection(Rows real) {
            this.real = real;
        }

        void addReal() {
            SplittableRandom random = new SplittableRandom(REAL);
            for (int i = 0; i < REAL; i++) {
                boolean first = i < real.count();
                float[] row =
                        real.count() >= REAL
                                ? real.row((int) ((long) i * real.count() / REAL))
                                : real.row(i % real.count());
                for (int column = 0; column < row.length && !first; column++) {
                    row[column] = random.nextDouble() < HOLES ? Float.NaN : row[column];
                }
                add(row, NONE);
            }
        }

        void addMissing() {
            float[] nothing = new float[real.width()];
            Arrays.fill(nothing, Float.NaN);
            add(nothing, NONE);
            for (int column = 0; column < real.width(); column++) {
                add(column, Float.NaN);
            }
        }

        void addSplits(SplitPoints points) {
            List<Integer> columns = new ArrayList<>();
            List<Float> splits = new ArrayList<>();
            for (int column = 0; column < real.width(); column++) {
                for (float split : points.splits(column)) {
                    columns.add(column);
                    splits.add(split);
                }
            }
            int taken = Math.min(MOST_SPLITS, splits.size());
            for (int i = 0; i < taken; i++) {
                int at = (int) ((long) i * splits.size() / taken);
                float split = splits.get(at);
                add(columns.get(at), Math.nextDown(split));
                add(columns.get(at), split);
                add(columns.get(at), Math.nextUp(split));
            }
        }

        private void add(int column, float value) {
            // Another real row each time, so that the other splits are met on many paths.
            float[] row = real.row(rows.size() % real.count());
            if (Float.isFinite(value) || Float.isNaN(value)) {
                row[column] = value;
            }
            add(row, column);
        }

        private void add(float[] row, int column) {
            rows.add(row);
            probed.add(column);
        }

        ProbeRows toRows() {
            int width = real.width();
            float[] values = new float[rows.size() * width];
            for (int i = 0; i < rows.size(); i++) {
                System.arraycopy(rows.get(i), 0, values, i * width, width);
            }
            return new ProbeRows(
                    Rows.unlabelled(real.columns(), values),
                    probed.stream().mapToInt(Integer::intValue).toArray());
        }
    }
}
