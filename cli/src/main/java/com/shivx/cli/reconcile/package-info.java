/**
 * What went in against what a read-committed consumer finds: every row accounted for, in bounded
 * memory.
 */
@NullMarked
package com.shivx.cli.reconcile;

import org.jspecify.annotations.NullMarked;
