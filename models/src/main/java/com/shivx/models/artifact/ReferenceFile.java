package com.shivx.models.artifact;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.drift.calibration.IsotonicCurve;
import com.shivx.drift.calibration.OneVsRestCalibration;
import com.shivx.drift.reference.Bins;
import com.shivx.drift.reference.ChunkSpread;
import com.shivx.drift.reference.ColumnProfile;
import com.shivx.drift.reference.ReferenceProfile;
import com.shivx.drift.reference.SymbolMix;
import com.shivx.models.ModelRefusedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@value #FILE_NAME}: what a version's live windows are compared with, and the curves that its
 * probabilities were calibrated by.
 *
 * <pre>{@code
 * {"format": 1, "window_micros": 1800000000, "rows": 81234,
 *  "mix": {"symbols": ["spot:BTCUSDT", …], "shares": [0.61, …], "rest": 0.0},
 *  "columns": [{"name": "spread_bps", "edges": [9 or so], "counts": [one more, then missing],
 *               "quantiles": [1000], "least": 0.01, "autocorrelation": 0.93,
 *               "ks": {"mean": 0.11, "sd": 0.04, "chunks": 48, "figures": [48]}, "psi": {…}}, …],
 *  "confidence": {"mean": 0.47, …},
 *  "calibration": {"floor": 6.1e-6, "curves": [{"x": […], "y": […]}, one a class]}}
 * }</pre>
 *
 * <p>A file without {@code least}, {@code figures} or {@code confidence}, which were added, has for
 * the first the lowest quantile, and nothing for the others.
 *
 * @param profile what was measured
 * @param calibration what probabilities were calibrated by; null if by nothing
 */
public record ReferenceFile(ReferenceProfile profile, @Nullable OneVsRestCalibration calibration) {

    /** What it is called beside its model. */
    public static final String FILE_NAME = "reference.json";

    /** 1: as above. */
    private static final int FORMAT = 1;

    /** The file's text. */
    public String write() {
        ObjectNode root = FileFields.JSON.createObjectNode();
        root.put("format", FORMAT);
        root.put("window_micros", profile.windowMicros());
        root.put("rows", profile.rows());
        ObjectNode mix = root.putObject("mix");
        profile.mix().symbols().forEach(mix.putArray("symbols")::add);
        FileFields.put(mix, "shares", profile.mix().shares());
        mix.put("rest", profile.mix().rest());
        ArrayNode columns = root.putArray("columns");
        for (ColumnProfile column : profile.columns()) {
            ObjectNode one = columns.addObject();
            one.put("name", column.name());
            FileFields.put(one, "edges", column.bins().edges());
            FileFields.put(one, "counts", column.counts());
            FileFields.put(one, "quantiles", column.quantiles());
            FileFields.put(one, "least", column.least());
            FileFields.put(one, "autocorrelation", column.autocorrelation());
            write(one.putObject("ks"), column.ks());
            write(one.putObject("psi"), column.psi());
        }
        write(root.putObject("confidence"), profile.confidence());
        if (calibration != null) {
            ObjectNode node = root.putObject("calibration");
            node.put("floor", calibration.floor());
            ArrayNode curves = node.putArray("curves");
            for (IsotonicCurve curve : calibration.curves()) {
                ObjectNode one = curves.addObject();
                FileFields.put(one, "x", curve.x());
                FileFields.put(one, "y", curve.y());
            }
        }
        return root + "\n";
    }

    private static void write(ObjectNode node, ChunkSpread spread) {
        FileFields.put(node, "mean", spread.mean());
        FileFields.put(node, "sd", spread.sd());
        node.put("chunks", spread.chunks());
        FileFields.put(node, "figures", spread.figures());
    }

    /** Reads; what does not fit together is refused as what is missing is. */
    public static ReferenceFile read(byte[] json) throws ModelRefusedException {
        FileFields root = FileFields.parse(FILE_NAME, json);
        long format = root.count("format");
        if (format != FORMAT) {
            throw FileFields.refused(
                    "%s has format %d, and %d is known".formatted(FILE_NAME, format, FORMAT));
        }
        try {
            return new ReferenceFile(profile(root), calibration(root));
        } catch (IllegalArgumentException e) {
            throw FileFields.refused(FILE_NAME + ": " + e.getMessage());
        }
    }

    private static ReferenceProfile profile(FileFields root) throws ModelRefusedException {
        FileFields mix = root.object("mix");
        List<String> symbols = new ArrayList<>();
        mix.node().path("symbols").forEach(symbol -> symbols.add(symbol.asText()));
        List<ColumnProfile> columns = new ArrayList<>();
        for (FileFields column : root.objects("columns")) {
            double[] quantiles = column.numbers("quantiles");
            columns.add(
                    new ColumnProfile(
                            column.text("name"),
                            new Bins(column.numbers("edges")),
                            column.counts("counts"),
                            quantiles,
                            least(column, quantiles),
                            column.number("autocorrelation"),
                            spread(column.object("ks")),
                            spread(column.object("psi"))));
        }
        return new ReferenceProfile(
                root.count("window_micros"),
                root.count("rows"),
                new SymbolMix(symbols, mix.numbers("shares"), mix.number("rest")),
                columns,
                root.has("confidence") ? spread(root.object("confidence")) : ChunkSpread.NONE);
    }

    private static double least(FileFields column, double[] quantiles)
            throws ModelRefusedException {
        if (column.has("least")) {
            return column.number("least");
        }
        return quantiles.length == 0 ? Double.NaN : quantiles[0];
    }

    private static ChunkSpread spread(FileFields node) throws ModelRefusedException {
        return new ChunkSpread(
                node.number("mean"),
                node.number("sd"),
                Math.toIntExact(Math.min(Integer.MAX_VALUE, node.count("chunks"))),
                node.has("figures") ? node.numbers("figures") : new double[0]);
    }

    private static @Nullable OneVsRestCalibration calibration(FileFields root)
            throws ModelRefusedException {
        if (!root.has("calibration")) {
            return null;
        }
        FileFields node = root.object("calibration");
        List<IsotonicCurve> curves = new ArrayList<>();
        for (FileFields curve : node.objects("curves")) {
            curves.add(new IsotonicCurve(curve.numbers("x"), curve.numbers("y")));
        }
        return new OneVsRestCalibration(curves, node.number("floor"));
    }
}
