/** The scoring operator beside a bare loop over ONNX Runtime. */
@NullMarked
package com.shivx.bench.scoring;

import org.jspecify.annotations.NullMarked;
