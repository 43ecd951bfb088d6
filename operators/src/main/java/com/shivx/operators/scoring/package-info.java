/** Vectors scored by models in small batches. */
@NullMarked
package com.shivx.operators.scoring;

import org.jspecify.annotations.NullMarked;
