@NullMarked
package com.shivx.models.drift;

import org.jspecify.annotations.NullMarked;
