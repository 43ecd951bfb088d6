@NullMarked
package com.shivx.bench.latency;

import org.jspecify.annotations.NullMarked;
