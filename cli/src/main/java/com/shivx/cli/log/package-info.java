/** What a log holds, for people and for programs. */
@NullMarked
package com.shivx.cli.log;

import org.jspecify.annotations.NullMarked;
