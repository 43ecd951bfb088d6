@NullMarked
package com.shivx.bench.swap;

import org.jspecify.annotations.NullMarked;
