/** Feature vectors in keyed state. */
@NullMarked
package com.shivx.operators.features;

import org.jspecify.annotations.NullMarked;
