/**
 * Whether a new model may be registered, and whether it may replace another: decided on later rows.
 */
@NullMarked
package com.shivx.models.validation;

import org.jspecify.annotations.NullMarked;
