package com.shivx.models.quantization;

import java.util.Map;
import java.util.Objects;

/**
 * What rows showed of a model's activations.
 *
 * @param scales for each tensor that a product reads, by name
 * @param rows rows that were run
 * @param notFinite values of these tensors that were NaN or infinite and are in no scale
 * @param unanswered rows that the model does not answer, and so neither may its quantised form
 */
public record Calibration(
        Map<String, ActivationScale> scales, long rows, long notFinite, Unanswered unanswered) {

    public Calibration {
        scales = Map.copyOf(scales);
    }

    ActivationScale scale(String tensor) {
        return Objects.requireNonNull(scales.get(tensor), tensor);
    }
}
