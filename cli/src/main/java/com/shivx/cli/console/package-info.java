/**
 * What a command owes its user: errors of one line, an orderly end on Ctrl-C, a terminal left as it
 * was.
 */
@NullMarked
package com.shivx.cli.console;

import org.jspecify.annotations.NullMarked;
