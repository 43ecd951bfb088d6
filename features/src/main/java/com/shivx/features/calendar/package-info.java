/** What the clock of the market says. */
@NullMarked
package com.shivx.features.calendar;

import org.jspecify.annotations.NullMarked;
