/** Where the price stands between the bounds of its recent past. */
@NullMarked
package com.shivx.features.oscillator;

import org.jspecify.annotations.NullMarked;
