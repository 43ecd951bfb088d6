@NullMarked
package com.shivx.bench.rig;

import org.jspecify.annotations.NullMarked;
