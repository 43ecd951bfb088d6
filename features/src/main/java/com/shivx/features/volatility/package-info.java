/** How much the price moves. */
@NullMarked
package com.shivx.features.volatility;

import org.jspecify.annotations.NullMarked;
