/** Trainers by the name that people ask for them by. */
@NullMarked
package com.shivx.models.training.named;

import org.jspecify.annotations.NullMarked;
