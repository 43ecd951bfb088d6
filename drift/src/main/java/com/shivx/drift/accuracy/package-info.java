/** How right a model is: counts that add up, scores and intervals. */
@NullMarked
package com.shivx.drift.accuracy;

import org.jspecify.annotations.NullMarked;
