/** Flink functions and operators, one package per stage. */
@NullMarked
package com.shivx.operators;

import org.jspecify.annotations.NullMarked;
