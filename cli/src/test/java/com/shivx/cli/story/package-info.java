/** A story is told as it happens, and ends as it ended. */
@NullMarked
package com.shivx.cli.story;

import org.jspecify.annotations.NullMarked;
