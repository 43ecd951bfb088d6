/** Control records as JSON, and what is common to all JSON of the wire contract. */
@NullMarked
package com.shivx.models.wire;

import org.jspecify.annotations.NullMarked;
