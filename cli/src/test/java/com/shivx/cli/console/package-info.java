/** Tests of what a command owes its user. */
@NullMarked
package com.shivx.cli.console;

import org.jspecify.annotations.NullMarked;
