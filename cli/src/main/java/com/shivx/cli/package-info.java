/** The shivx command and the demo. */
@NullMarked
package com.shivx.cli;

import org.jspecify.annotations.NullMarked;
