/**
 * Ticks in files: formats found by name and header, read in constant memory, merged into one order.
 */
@NullMarked
package com.shivx.jobs.files;

import org.jspecify.annotations.NullMarked;
