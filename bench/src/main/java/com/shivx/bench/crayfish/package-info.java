/** Images in JSON through a small network, as the Crayfish benchmark has it. */
@NullMarked
package com.shivx.bench.crayfish;

import org.jspecify.annotations.NullMarked;
