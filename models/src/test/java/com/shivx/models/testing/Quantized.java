package com.shivx.models.testing;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.quantization.QuantizationReport;
import com.shivx.models.quantization.QuantizationTolerance;
import com.shivx.models.quantization.Quantizer;
import com.shivx.models.quantization.SampleRows;

/** Models after quantising, on rows of theirs. */
public final class Quantized {

    private Quantized() {}

    /** Rows without labels. */
    public static SampleRows rows(float[]... rows) {
        return reader -> {
            for (float[] row : rows) {
                reader.row(row, SampleRows.NO_LABEL);
            }
        };
    }

    /** The whole way, with the usual tolerances. */
    public static QuantizationReport of(ModelArtifact original, SampleRows rows)
            throws ModelRefusedException {
        return of(original, rows, QuantizationTolerance.DEFAULT);
    }

    /** The whole way. */
    public static QuantizationReport of(
            ModelArtifact original, SampleRows rows, QuantizationTolerance tolerance)
            throws ModelRefusedException {
        try (Quantizer quantizer = Quantizer.of(original)) {
            var calibration = quantizer.calibrate(rows);
            ModelArtifact quantized = quantizer.rewrite(calibration, "1.0.0+int8");
            return quantizer.compare(quantized, calibration, rows, tolerance);
        }
    }
}
