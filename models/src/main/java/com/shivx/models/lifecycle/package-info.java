/** What is asked of a model's life, and what comes of it: retraining, schedules and rollouts. */
@NullMarked
package com.shivx.models.lifecycle;

import org.jspecify.annotations.NullMarked;
