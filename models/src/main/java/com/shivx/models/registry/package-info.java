/** Versions of models with all that belongs to them: registered, named, promoted, audited. */
@NullMarked
package com.shivx.models.registry;

import org.jspecify.annotations.NullMarked;
