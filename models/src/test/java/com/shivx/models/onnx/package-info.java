/** Tests of models that run: foreign exports, refusals, and models made by hand. */
@NullMarked
package com.shivx.models.onnx;

import org.jspecify.annotations.NullMarked;
