/** The control service: what it fails of. */
@NullMarked
package com.shivx.control;

import org.jspecify.annotations.NullMarked;
