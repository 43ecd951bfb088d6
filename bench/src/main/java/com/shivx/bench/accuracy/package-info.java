/** Predictions and ticks to outcomes and accuracy. */
@NullMarked
package com.shivx.bench.accuracy;

import org.jspecify.annotations.NullMarked;
