/** The topics that the control service reads and writes. */
@NullMarked
package com.shivx.control.topics;

import org.jspecify.annotations.NullMarked;
