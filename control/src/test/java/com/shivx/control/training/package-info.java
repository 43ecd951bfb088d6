@NullMarked
package com.shivx.control.training;

import org.jspecify.annotations.NullMarked;
