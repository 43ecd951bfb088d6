package com.shivx.models.quantization;

import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.quantization.QuantizationTolerance.Excess;
import java.util.List;

/**
 * What a quantisation gives and costs.
 *
 * @param original the model that was quantised
 * @param quantized the same model in eight-bit whole numbers
 * @param calibration what its scales were taken from
 * @param change how its answers differ
 * @param exceeded the bounds that they exceed; empty if it may take the original's place
 */
public record QuantizationReport(
        ModelArtifact original,
        ModelArtifact quantized,
        Calibration calibration,
        ScoreChange change,
        List<Excess> exceeded) {

    /** Whether the quantised model is within every tolerance. */
    public boolean accepted() {
        return exceeded.isEmpty();
    }

    /** Bytes of the original's file. */
    public long bytesBefore() {
        return original.bytes().length;
    }

    /** Bytes of the quantised model's file. */
    public long bytesAfter() {
        return quantized.bytes().length;
    }

    /** How many times smaller the file is. */
    public double ratio() {
        return (double) bytesBefore() / bytesAfter();
    }
}
