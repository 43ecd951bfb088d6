/** The simulated market holds what it promises. */
@NullMarked
package com.shivx.cli.market;

import org.jspecify.annotations.NullMarked;
