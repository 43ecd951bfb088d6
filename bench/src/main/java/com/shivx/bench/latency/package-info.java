/** How long a tick waits for its prediction, under a load that does not wait. */
@NullMarked
package com.shivx.bench.latency;

import org.jspecify.annotations.NullMarked;
