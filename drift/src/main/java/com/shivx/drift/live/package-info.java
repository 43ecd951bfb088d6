/** What live windows look like beside a reference, and what to call the difference. */
@NullMarked
package com.shivx.drift.live;

import org.jspecify.annotations.NullMarked;
