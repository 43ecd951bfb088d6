/** The whole pipeline beside jobs that do less, and a job that does the same in the obvious way. */
@NullMarked
package com.shivx.bench.pipeline;

import org.jspecify.annotations.NullMarked;
