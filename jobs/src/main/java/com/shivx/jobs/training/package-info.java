/** Training from the log: its vectors with what it says happened after them. */
@NullMarked
package com.shivx.jobs.training;

import org.jspecify.annotations.NullMarked;
