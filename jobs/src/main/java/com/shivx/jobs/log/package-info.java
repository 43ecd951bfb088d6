/** The log: what topics held, in files by event date, written once and read in one order. */
@NullMarked
package com.shivx.jobs.log;

import org.jspecify.annotations.NullMarked;
