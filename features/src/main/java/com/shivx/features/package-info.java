/** Market ticks, their quality, and feature sets computed from them; depends on the JDK only. */
@NullMarked
package com.shivx.features;

import org.jspecify.annotations.NullMarked;
