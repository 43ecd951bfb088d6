@NullMarked
package com.shivx.control.versions;

import org.jspecify.annotations.NullMarked;
