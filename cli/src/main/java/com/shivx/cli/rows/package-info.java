/** Rows of models' columns from files. */
@NullMarked
package com.shivx.cli.rows;

import org.jspecify.annotations.NullMarked;
