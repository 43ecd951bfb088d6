/** Tests of registries: what all promise, and what each home does of its own. */
@NullMarked
package com.shivx.models.registry.mlflow;

import org.jspecify.annotations.NullMarked;
