/** How far the price has moved. */
@NullMarked
package com.shivx.features.returns;

import org.jspecify.annotations.NullMarked;
