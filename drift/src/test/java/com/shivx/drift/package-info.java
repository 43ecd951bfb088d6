/** What tests of several packages share. */
@NullMarked
package com.shivx.drift;

import org.jspecify.annotations.NullMarked;
