/** What the control service answers over HTTP. */
@NullMarked
package com.shivx.control.http;

import org.jspecify.annotations.NullMarked;
