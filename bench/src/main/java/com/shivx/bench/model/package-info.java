/** Models of known size and shape. */
@NullMarked
package com.shivx.bench.model;

import org.jspecify.annotations.NullMarked;
