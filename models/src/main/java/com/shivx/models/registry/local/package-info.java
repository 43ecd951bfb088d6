/** A registry in a folder. */
@NullMarked
package com.shivx.models.registry.local;

import org.jspecify.annotations.NullMarked;
