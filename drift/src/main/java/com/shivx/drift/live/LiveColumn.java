package com.shivx.drift.live;

import com.shivx.drift.reference.ColumnCells;
import com.shivx.drift.reference.ColumnProfile;
import com.shivx.drift.reference.Psi;
import com.shivx.drift.reference.QuantileGrid;
import java.util.Arrays;

/** A column of the reference, made ready to be compared with. */
final class LiveColumn {

    private final ColumnProfile profile;
    private final WatchedColumn watched;
    private final ColumnCells cells;
    private final QuantileGrid grid;
    private final double[] referenceBins;

    LiveColumn(ColumnProfile profile, WatchedColumn watched) {
        this.profile = profile;
        this.watched = watched;
        this.cells =
                new ColumnCells(
                        profile,
                        Double.isNaN(watched.least()) ? profile.least() : watched.least(),
                        Double.isNaN(watched.greatest()) ? profile.greatest() : watched.greatest());
        this.grid = new QuantileGrid(profile.quantiles());
        this.referenceBins = Arrays.stream(profile.counts()).asDoubleStream().toArray();
    }

    ColumnProfile profile() {
        return profile;
    }

    WatchedColumn watched() {
        return watched;
    }

    ColumnCells cells() {
        return cells;
    }

    /**
     * Compares.
     *
     * @param counts of each cell
     * @param weighted the same, reweighted to the reference's mix of symbols
     * @param squares sum of the squared weights of rows with a value
     */
    ColumnComparison compare(double[] counts, double[] weighted, double squares) {
        double all = Arrays.stream(weighted).sum();
        double missing = weighted[cells.missing()];
        double present = all - missing;
        return new ColumnComparison(
                (long) (Arrays.stream(counts).sum() - counts[cells.missing()]),
                (long) cells.below(counts),
                (long) cells.above(counts),
                squares == 0 ? 0 : present * present / squares,
                missing / all,
                grid.distance(cells.grid(weighted)),
                Psi.of(referenceBins, cells.bins(weighted)));
    }
}
