/** Embedded Kafka and Flink for the demo and for tests. */
@NullMarked
package com.shivx.local;

import org.jspecify.annotations.NullMarked;
