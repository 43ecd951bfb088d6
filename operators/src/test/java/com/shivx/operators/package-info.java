/** Tests across stages. */
@NullMarked
package com.shivx.operators;

import org.jspecify.annotations.NullMarked;
