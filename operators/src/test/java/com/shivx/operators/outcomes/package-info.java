@NullMarked
package com.shivx.operators.outcomes;

import org.jspecify.annotations.NullMarked;
