/** Where the price is going: moving averages and what is made of them. */
@NullMarked
package com.shivx.features.trend;

import org.jspecify.annotations.NullMarked;
