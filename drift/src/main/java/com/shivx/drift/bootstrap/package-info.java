/**
 * How sure a figure of rows is that hang together in time: intervals by resampling blocks of it.
 */
@NullMarked
package com.shivx.drift.bootstrap;

import org.jspecify.annotations.NullMarked;
