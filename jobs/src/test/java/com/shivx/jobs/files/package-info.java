/** Tests of ticks in files. */
@NullMarked
package com.shivx.jobs.files;

import org.jspecify.annotations.NullMarked;
