/** Whether drift is told from noise, and how fast. */
@NullMarked
package com.shivx.bench.drift;

import org.jspecify.annotations.NullMarked;
