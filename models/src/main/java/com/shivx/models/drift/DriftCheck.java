package com.shivx.models.drift;

import com.shivx.drift.live.DriftJudge;
import com.shivx.drift.live.DriftMemory;
import com.shivx.drift.live.DriftRules;
import com.shivx.drift.live.LiveReference;
import com.shivx.drift.live.RowBlock;
import com.shivx.drift.live.WatchedColumn;
import com.shivx.drift.live.WindowCounts;
import com.shivx.drift.live.WindowReport;
import com.shivx.drift.reference.ChunkSpread;
import com.shivx.drift.reference.ColumnProfile;
import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.artifact.ReferenceColumns;
import com.shivx.models.artifact.ReferenceFile;
import com.shivx.models.contract.ModelContract;
import java.util.List;
import java.util.Map;

/**
 * Compares rows of a model's columns, of nobody knows which symbols, with a version's reference, as
 * one window. Its thresholds were measured for windows of the reference's length: more rows than
 * those vary less than a threshold allows for, fewer vary more.
 */
public final class DriftCheck {

    /** Named by no reference: all rows are of the rest, and count as they come. */
    private static final String NO_SYMBOL = "";

    private final LiveReference reference;

    /** Of each column of the reference, its place among the model's. */
    private final int[] places;

    private final double[] row;
    private final WindowCounts counts = new WindowCounts();
    private final RowBlock rows;

    private DriftCheck(LiveReference reference, int[] places) {
        this.reference = reference;
        this.places = places;
        this.row = new double[places.length];
        this.rows = new RowBlock(reference, counts);
    }

    /**
     * Of a version.
     *
     * @param json its {@code reference.json}
     * @param importance of its columns by name; empty if unknown
     * @throws ModelRefusedException if the reference is of no use, or of other columns
     */
    public static DriftCheck of(ModelContract contract, byte[] json, Map<String, Double> importance)
            throws ModelRefusedException {
        ReferenceFile file = ReferenceFile.read(json);
        List<ColumnProfile> inputs =
                file.profile().columns().stream()
                        .filter(column -> !ReferenceColumns.isAnswer(column.name()))
                        .toList();
        int[] places =
                inputs.stream()
                        .mapToInt(column -> contract.columns().indexOf(column.name()))
                        .toArray();
        for (int i = 0; i < places.length; i++) {
            if (places[i] < 0) {
                throw new ModelRefusedException(
                        "%s measures %s, which %s does not take"
                                .formatted(
                                        ReferenceFile.FILE_NAME,
                                        inputs.get(i).name(),
                                        contract.id()),
                        "measure it again");
            }
        }
        return new DriftCheck(
                new LiveReference(
                        VersionReference.part(file.profile(), inputs, ChunkSpread.NONE),
                        watched(contract, importance)),
                places);
    }

    private static Map<String, WatchedColumn> watched(
            ModelContract contract, Map<String, Double> importance) {
        for (FeatureSet set : FeatureSets.all().values()) {
            if (set.hash().equals(contract.featureSetHash())) {
                return VersionReference.watched(set, importance);
            }
        }
        return Map.of();
    }

    /** Counts a row of the model's columns, in its order; NaN is missing. */
    public void row(float[] values) {
        for (int i = 0; i < row.length; i++) {
            row[i] = values[places[i]];
        }
        rows.add(reference.groupOf(NO_SYMBOL), row, Double.NaN);
    }

    /** What is said of all rows so far. */
    public WindowReport report() {
        rows.count();
        return new DriftJudge(DriftRules.SHIPPED)
                .judge(reference, counts, DriftMemory.empty())
                .report();
    }

    /** Length of the windows that the thresholds are for, microseconds. */
    public long windowMicros() {
        return reference.profile().windowMicros();
    }
}
