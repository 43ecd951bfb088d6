/** Made-up ticks of as many symbols as are asked for. */
@NullMarked
package com.shivx.bench.market;

import org.jspecify.annotations.NullMarked;
