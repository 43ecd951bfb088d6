@NullMarked
package com.shivx.bench.drift;

import org.jspecify.annotations.NullMarked;
