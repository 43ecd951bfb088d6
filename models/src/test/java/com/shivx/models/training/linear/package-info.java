/** Tests of linear models against slow oracles. */
@NullMarked
package com.shivx.models.training.linear;

import org.jspecify.annotations.NullMarked;
