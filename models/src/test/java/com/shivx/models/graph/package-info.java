/** Tests of reading and writing ONNX files. */
@NullMarked
package com.shivx.models.graph;

import org.jspecify.annotations.NullMarked;
