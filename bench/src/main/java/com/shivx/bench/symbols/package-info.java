/** The pipeline with few symbols and with many. */
@NullMarked
package com.shivx.bench.symbols;

import org.jspecify.annotations.NullMarked;
