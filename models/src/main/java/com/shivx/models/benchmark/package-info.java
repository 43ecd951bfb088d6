/** How fast a model is: rows a second and time a call, by batch size. */
@NullMarked
package com.shivx.models.benchmark;

import org.jspecify.annotations.NullMarked;
