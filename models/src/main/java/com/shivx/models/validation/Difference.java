package com.shivx.models.validation;

import com.shivx.drift.bootstrap.Interval;

/**
 * How much better a model is than a rival by one measure.
 *
 * @param figure the model's
 * @param rivals the rival's
 * @param gain how much better, and between what that may lie; above 0 where the model is better,
 *     whichever way the measure counts
 */
public record Difference(
        Measure measure, Rival rival, double figure, double rivals, Interval gain) {}
