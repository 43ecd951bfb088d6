/** Alarms of how versions serve, behind scoring. */
@NullMarked
package com.shivx.operators.serving;

import org.jspecify.annotations.NullMarked;
