/**
 * Benchmarks of the whole pipeline and of its parts: what they say while they run, and at the end.
 */
@NullMarked
package com.shivx.bench;

import org.jspecify.annotations.NullMarked;
