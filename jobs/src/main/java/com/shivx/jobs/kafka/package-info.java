/** The Kafka ends of the jobs: sources, sinks and topic names. */
@NullMarked
package com.shivx.jobs.kafka;

import org.jspecify.annotations.NullMarked;
