/**
 * What travels over Kafka, in bytes: ticks, predictions, feature vectors and what could not be
 * used.
 */
@NullMarked
package com.shivx.jobs.wire;

import org.jspecify.annotations.NullMarked;
