/** Features of the top of the book. */
@NullMarked
package com.shivx.features.book;

import org.jspecify.annotations.NullMarked;
