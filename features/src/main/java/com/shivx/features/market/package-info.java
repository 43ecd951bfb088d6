/** The feature sets that ship. */
@NullMarked
package com.shivx.features.market;

import org.jspecify.annotations.NullMarked;
