/** Flink as the control service knows it: by its REST API alone. */
@NullMarked
package com.shivx.control.flink;

import org.jspecify.annotations.NullMarked;
