/** The jobs: topologies, options, sources, sinks, wire formats. */
@NullMarked
package com.shivx.jobs;

import org.jspecify.annotations.NullMarked;
