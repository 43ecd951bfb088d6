/**
 * The jobs' options: every key with its type, default, unit and reason, and where values come from.
 */
@NullMarked
package com.shivx.jobs.options;

import org.jspecify.annotations.NullMarked;
