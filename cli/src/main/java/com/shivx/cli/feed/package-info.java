/** Ticks from files or the simulated market, at a chosen speed, into Kafka. */
@NullMarked
package com.shivx.cli.feed;

import org.jspecify.annotations.NullMarked;
