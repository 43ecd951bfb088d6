/** What a model says of a vector, and how one is refused: the words of every package below. */
@NullMarked
package com.shivx.models;

import org.jspecify.annotations.NullMarked;
