/** Tests of trainers by name. */
@NullMarked
package com.shivx.models.training.named;

import org.jspecify.annotations.NullMarked;
