/** The control service in this process. */
@NullMarked
package com.shivx.cli.control;

import org.jspecify.annotations.NullMarked;
