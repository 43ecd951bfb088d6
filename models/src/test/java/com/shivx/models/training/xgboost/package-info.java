/** Tests of boosted trees and their export. */
@NullMarked
package com.shivx.models.training.xgboost;

import org.jspecify.annotations.NullMarked;
