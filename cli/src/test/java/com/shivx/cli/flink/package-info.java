/** A job that does not get on is reported, one that does is left alone. */
@NullMarked
package com.shivx.cli.flink;

import org.jspecify.annotations.NullMarked;
