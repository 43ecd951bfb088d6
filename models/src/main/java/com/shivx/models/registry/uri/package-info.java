/** Registries by their URI. */
@NullMarked
package com.shivx.models.registry.uri;

import org.jspecify.annotations.NullMarked;
