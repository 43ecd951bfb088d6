/** Kafka as the command uses it: topics, clients, how far a job has read. */
@NullMarked
package com.shivx.cli.kafka;

import org.jspecify.annotations.NullMarked;
