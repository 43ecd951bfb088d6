/** Where the files of model versions come from. */
@NullMarked
package com.shivx.operators.artifact;

import org.jspecify.annotations.NullMarked;
