/** One trade or quote of one symbol, and the decision whether it is fit to be used. */
@NullMarked
package com.shivx.features.tick;

import org.jspecify.annotations.NullMarked;
