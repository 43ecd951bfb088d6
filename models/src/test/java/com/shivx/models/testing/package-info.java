/** Graphs made by hand, sound ones and bad ones. */
@NullMarked
package com.shivx.models.testing;

import org.jspecify.annotations.NullMarked;
