@NullMarked
package com.shivx.models.candidate;

import org.jspecify.annotations.NullMarked;
