/** Gradient-boosted trees by XGBoost, and their way into ONNX. */
@NullMarked
package com.shivx.models.training.xgboost;

import org.jspecify.annotations.NullMarked;
