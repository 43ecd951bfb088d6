/** Nothing is counted twice, nothing is missed, and a difference is named. */
@NullMarked
package com.shivx.cli.reconcile;

import org.jspecify.annotations.NullMarked;
