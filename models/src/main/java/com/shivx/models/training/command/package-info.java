/** Trainers that are other programs, in any language. */
@NullMarked
package com.shivx.models.training.command;

import org.jspecify.annotations.NullMarked;
