/**
 * What is asked of a model's life, and what comes of it: retraining, schedules and rollouts. {@link
 * com.shivx.models.lifecycle.Lifecycle} decides one thing after another; all it knows stands in two
 * records, and nothing here reads a clock.
 */
@NullMarked
package com.shivx.models.lifecycle;

import org.jspecify.annotations.NullMarked;
