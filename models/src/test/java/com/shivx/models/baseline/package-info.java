/** Tests of the models that are not trained. */
@NullMarked
package com.shivx.models.baseline;

import org.jspecify.annotations.NullMarked;
