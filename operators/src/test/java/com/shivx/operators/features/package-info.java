/** Tests of the feature stage. */
@NullMarked
package com.shivx.operators.features;

import org.jspecify.annotations.NullMarked;
