@NullMarked
package com.shivx.bench.crayfish;

import org.jspecify.annotations.NullMarked;
