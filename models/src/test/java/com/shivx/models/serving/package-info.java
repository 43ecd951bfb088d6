@NullMarked
package com.shivx.models.serving;

import org.jspecify.annotations.NullMarked;
