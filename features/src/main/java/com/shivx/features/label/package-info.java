/**
 * What really happened to a price after a horizon: the label of a row, the outcome of a prediction.
 */
@NullMarked
package com.shivx.features.label;

import org.jspecify.annotations.NullMarked;
