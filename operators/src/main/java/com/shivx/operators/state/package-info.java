/** Keyed state as operators hold it: one live object a key, in front of the state backend. */
@NullMarked
package com.shivx.operators.state;

import org.jspecify.annotations.NullMarked;
