/** Tests of what trainers share, and the rows that all their tests learn from. */
@NullMarked
package com.shivx.models.training;

import org.jspecify.annotations.NullMarked;
