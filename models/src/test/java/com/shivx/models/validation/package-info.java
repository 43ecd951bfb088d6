@NullMarked
package com.shivx.models.validation;

import org.jspecify.annotations.NullMarked;
