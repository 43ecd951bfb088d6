@NullMarked
package com.shivx.bench;

import org.jspecify.annotations.NullMarked;
