/** Tests of the search for parameters. */
@NullMarked
package com.shivx.models.training.search;

import org.jspecify.annotations.NullMarked;
