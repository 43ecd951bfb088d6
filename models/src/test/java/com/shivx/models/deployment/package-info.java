@NullMarked
package com.shivx.models.deployment;

import org.jspecify.annotations.NullMarked;
