/**
 * What numbers say of a model: how accurate, how much better than another, how far from a
 * reference.
 */
@NullMarked
package com.shivx.drift;

import org.jspecify.annotations.NullMarked;
