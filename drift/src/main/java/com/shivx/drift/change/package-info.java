/** Where a stream of numbers has changed. */
@NullMarked
package com.shivx.drift.change;

import org.jspecify.annotations.NullMarked;
