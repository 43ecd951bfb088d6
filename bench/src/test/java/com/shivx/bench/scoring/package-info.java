@NullMarked
package com.shivx.bench.scoring;

import org.jspecify.annotations.NullMarked;
