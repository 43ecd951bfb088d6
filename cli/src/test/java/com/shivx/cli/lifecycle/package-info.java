@NullMarked
package com.shivx.cli.lifecycle;

import org.jspecify.annotations.NullMarked;
