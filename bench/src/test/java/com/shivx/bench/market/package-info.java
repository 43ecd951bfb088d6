@NullMarked
package com.shivx.bench.market;

import org.jspecify.annotations.NullMarked;
