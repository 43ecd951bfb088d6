/** The only way from a trained model to a file that may serve. */
@NullMarked
package com.shivx.models.training.export;

import org.jspecify.annotations.NullMarked;
