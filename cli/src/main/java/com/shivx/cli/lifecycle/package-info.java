/** Asking for what is to be done about a model's life, and what is known of it. */
@NullMarked
package com.shivx.cli.lifecycle;

import org.jspecify.annotations.NullMarked;
