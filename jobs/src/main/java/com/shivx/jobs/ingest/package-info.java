/** What sources emit before ticks and unusable records part. */
@NullMarked
package com.shivx.jobs.ingest;

import org.jspecify.annotations.NullMarked;
