@NullMarked
package com.shivx.bench.pipeline;

import org.jspecify.annotations.NullMarked;
