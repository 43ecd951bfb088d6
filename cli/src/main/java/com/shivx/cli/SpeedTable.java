package com.shivx.cli;

import com.shivx.models.benchmark.BatchSpeed;
import com.shivx.models.benchmark.ModelSpeed;
import java.util.List;
import java.util.Locale;

/** Measured models for people, side by side: the first is what the others are held against. */
final class SpeedTable {

    private SpeedTable() {}

    /** A line for each number of rows and model. */
    static List<String> lines(List<ModelSpeed> speeds) {
        Table table =
                new Table(
                        "rows at once", "model", "rows/s", "p50 us", "p99 us", "against the first");
        ModelSpeed first = speeds.get(0);
        for (int i = 0; i < first.batches().size(); i++) {
            for (ModelSpeed speed : speeds) {
                BatchSpeed batch = speed.batches().get(i);
                double against = batch.rowsPerSecond() / first.batches().get(i).rowsPerSecond();
                table.row(
                        rows(batch),
                        speed.name(),
                        String.format(Locale.ROOT, "%,.0f", batch.rowsPerSecond()),
                        micros(batch.p50Nanos()),
                        micros(batch.p99Nanos()),
                        String.format(Locale.ROOT, "%.2f x", against));
            }
        }
        return table.lines();
    }

    /** Size and load time of each. */
    static List<String> sizes(List<ModelSpeed> speeds) {
        Table table = new Table("model", "bytes", "load ms", "against the first");
        for (ModelSpeed speed : speeds) {
            table.row(
                    speed.name(),
                    String.format(Locale.ROOT, "%,d", speed.bytes()),
                    String.format(Locale.ROOT, "%.1f", speed.loadNanos() / 1e6),
                    String.format(
                            Locale.ROOT, "%.2f x", (double) speed.bytes() / speeds.get(0).bytes()));
        }
        return table.lines();
    }

    private static String rows(BatchSpeed batch) {
        return batch.rows() == batch.callRows()
                ? String.valueOf(batch.rows())
                : "%d (calls of %d)".formatted(batch.rows(), batch.callRows());
    }

    private static String micros(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1e3);
    }
}
