/** A broker, a cluster and jobs on them, and how fast these get on. */
@NullMarked
package com.shivx.bench.rig;

import org.jspecify.annotations.NullMarked;
