/** Tests of models in eight-bit whole numbers. */
@NullMarked
package com.shivx.models.quantization;

import org.jspecify.annotations.NullMarked;
