@NullMarked
package com.shivx.bench.model;

import org.jspecify.annotations.NullMarked;
