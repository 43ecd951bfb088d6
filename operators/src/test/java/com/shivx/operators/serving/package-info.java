@NullMarked
package com.shivx.operators.serving;

import org.jspecify.annotations.NullMarked;
