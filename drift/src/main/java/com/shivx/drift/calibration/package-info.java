/** Probabilities that keep their word: curves that turn what a model says into what happens. */
@NullMarked
package com.shivx.drift.calibration;

import org.jspecify.annotations.NullMarked;
