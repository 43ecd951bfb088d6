/** Tests of options. */
@NullMarked
package com.shivx.jobs.options;

import org.jspecify.annotations.NullMarked;
