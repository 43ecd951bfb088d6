/** A registry on an MLflow server. */
@NullMarked
package com.shivx.models.registry.mlflow;

import org.jspecify.annotations.NullMarked;
