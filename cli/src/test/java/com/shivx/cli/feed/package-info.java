/** Ticks arrive when they should, and every row arrives somewhere. */
@NullMarked
package com.shivx.cli.feed;

import org.jspecify.annotations.NullMarked;
