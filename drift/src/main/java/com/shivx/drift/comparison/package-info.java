/** Which of two live models is better, decided as evidence comes in. */
@NullMarked
package com.shivx.drift.comparison;

import org.jspecify.annotations.NullMarked;
