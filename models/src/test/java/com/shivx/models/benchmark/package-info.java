/** Tests of measuring models. */
@NullMarked
package com.shivx.models.benchmark;

import org.jspecify.annotations.NullMarked;
