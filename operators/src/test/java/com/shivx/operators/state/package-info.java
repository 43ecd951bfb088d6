@NullMarked
package com.shivx.operators.state;

import org.jspecify.annotations.NullMarked;
