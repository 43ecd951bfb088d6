/** Tests of event time. */
@NullMarked
package com.shivx.operators.ingest;

import org.jspecify.annotations.NullMarked;
