/** Models that run: loading with a trial run, sessions, batches, scores. */
@NullMarked
package com.shivx.models.onnx;

import org.jspecify.annotations.NullMarked;
