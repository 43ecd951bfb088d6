/** What became of predictions: each one joined with its symbol's ticks at its horizon. */
@NullMarked
package com.shivx.models.outcome;

import org.jspecify.annotations.NullMarked;
