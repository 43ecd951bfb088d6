/** Who trades, how much and how often. */
@NullMarked
package com.shivx.features.volume;

import org.jspecify.annotations.NullMarked;
