/** The ends of a backfill: tick files in, feature files out. */
@NullMarked
package com.shivx.jobs.backfill;

import org.jspecify.annotations.NullMarked;
