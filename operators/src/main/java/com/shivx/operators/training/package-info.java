/** Ticks to labelled rows, and rows to a candidate. */
@NullMarked
package com.shivx.operators.training;

import org.jspecify.annotations.NullMarked;
