/** Tests of the ends of a backfill. */
@NullMarked
package com.shivx.jobs.backfill;

import org.jspecify.annotations.NullMarked;
