/** Models that are not trained: something to score first, and to beat later. */
@NullMarked
package com.shivx.models.baseline;

import org.jspecify.annotations.NullMarked;
