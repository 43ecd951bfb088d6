@NullMarked
package com.shivx.operators.drift;

import org.jspecify.annotations.NullMarked;
