/** Models in eight-bit whole numbers: calibrating, rewriting, and what it changes. */
@NullMarked
package com.shivx.models.quantization;

import org.jspecify.annotations.NullMarked;
