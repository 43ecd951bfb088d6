/** Tests of training from the log. */
@NullMarked
package com.shivx.jobs.training;

import org.jspecify.annotations.NullMarked;
