/** A simulated market whose order book foretells its prices, until its regime changes. */
@NullMarked
package com.shivx.cli.market;

import org.jspecify.annotations.NullMarked;
