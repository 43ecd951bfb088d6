/** Tests of rows from files. */
@NullMarked
package com.shivx.cli.rows;

import org.jspecify.annotations.NullMarked;
