/**
 * Learning a model from rows: the rows, the task, and what every trainer and its model can do. One
 * thread, no clock in any number, and the same rows, parameters and seed give the same bytes.
 */
@NullMarked
package com.shivx.models.training;

import org.jspecify.annotations.NullMarked;
