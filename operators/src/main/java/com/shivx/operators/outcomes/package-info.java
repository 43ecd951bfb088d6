/** Predictions to outcomes, and outcomes to accuracy by window. */
@NullMarked
package com.shivx.operators.outcomes;

import org.jspecify.annotations.NullMarked;
