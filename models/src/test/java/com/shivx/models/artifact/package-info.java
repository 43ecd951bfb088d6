@NullMarked
package com.shivx.models.artifact;

import org.jspecify.annotations.NullMarked;
