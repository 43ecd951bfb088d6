/** Tests of a model's life. */
@NullMarked
package com.shivx.models.lifecycle;

import org.jspecify.annotations.NullMarked;
