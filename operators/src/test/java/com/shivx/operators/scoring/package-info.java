/** Tests of the scoring stage. */
@NullMarked
package com.shivx.operators.scoring;

import org.jspecify.annotations.NullMarked;
