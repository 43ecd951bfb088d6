/** ONNX models: contract, loading, scoring, writing. */
@NullMarked
package com.shivx.models;

import org.jspecify.annotations.NullMarked;
