/** What shall serve, and what is done about it: decided one after another, a model each. */
@NullMarked
package com.shivx.operators.lifecycle;

import org.jspecify.annotations.NullMarked;
