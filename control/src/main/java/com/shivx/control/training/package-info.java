/** Requested trainings: which are open, how each is launched, followed and ended. */
@NullMarked
package com.shivx.control.training;

import org.jspecify.annotations.NullMarked;
