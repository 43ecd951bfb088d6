/** Tests of trainers that are other programs. */
@NullMarked
package com.shivx.models.training.command;

import org.jspecify.annotations.NullMarked;
