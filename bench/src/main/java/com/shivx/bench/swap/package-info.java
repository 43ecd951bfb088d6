/** What a new version costs those who wait for predictions while it takes over. */
@NullMarked
package com.shivx.bench.swap;

import org.jspecify.annotations.NullMarked;
