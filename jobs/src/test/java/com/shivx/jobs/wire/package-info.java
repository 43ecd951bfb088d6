/** Tests of what travels over Kafka. */
@NullMarked
package com.shivx.jobs.wire;

import org.jspecify.annotations.NullMarked;
