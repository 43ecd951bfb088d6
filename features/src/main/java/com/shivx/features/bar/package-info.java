/** Ticks into bars of a fixed interval. */
@NullMarked
package com.shivx.features.bar;

import org.jspecify.annotations.NullMarked;
