@NullMarked
package com.shivx.control.plane;

import org.jspecify.annotations.NullMarked;
