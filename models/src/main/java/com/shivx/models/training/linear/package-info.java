/** Regularised linear models on standardised columns, and their way into ONNX. */
@NullMarked
package com.shivx.models.training.linear;

import org.jspecify.annotations.NullMarked;
