/** Vectors and predictions to counts of windows, and those to reports of drift. */
@NullMarked
package com.shivx.operators.drift;

import org.jspecify.annotations.NullMarked;
