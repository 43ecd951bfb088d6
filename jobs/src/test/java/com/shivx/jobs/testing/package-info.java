/** What tests of jobs share. */
@NullMarked
package com.shivx.jobs.testing;

import org.jspecify.annotations.NullMarked;
