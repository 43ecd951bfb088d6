/** Tests of the gate: what it lets through, and lies that it does not. */
@NullMarked
package com.shivx.models.training.export;

import org.jspecify.annotations.NullMarked;
