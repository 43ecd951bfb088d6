@NullMarked
package com.shivx.operators.training;

import org.jspecify.annotations.NullMarked;
