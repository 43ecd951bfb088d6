/** Event time of the tick sources. */
@NullMarked
package com.shivx.operators.ingest;

import org.jspecify.annotations.NullMarked;
