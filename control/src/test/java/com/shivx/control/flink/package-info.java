@NullMarked
package com.shivx.control.flink;

import org.jspecify.annotations.NullMarked;
