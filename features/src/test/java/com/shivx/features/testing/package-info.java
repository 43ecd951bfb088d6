/** What tests of every module share. */
@NullMarked
package com.shivx.features.testing;

import org.jspecify.annotations.NullMarked;
