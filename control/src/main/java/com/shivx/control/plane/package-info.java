/** The control service as a whole. */
@NullMarked
package com.shivx.control.plane;

import org.jspecify.annotations.NullMarked;
