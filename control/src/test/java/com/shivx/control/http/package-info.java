@NullMarked
package com.shivx.control.http;

import org.jspecify.annotations.NullMarked;
