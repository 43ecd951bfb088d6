/** Versions between the registry and what serves. */
@NullMarked
package com.shivx.control.versions;

import org.jspecify.annotations.NullMarked;
