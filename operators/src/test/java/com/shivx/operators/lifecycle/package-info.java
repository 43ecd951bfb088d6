@NullMarked
package com.shivx.operators.lifecycle;

import org.jspecify.annotations.NullMarked;
