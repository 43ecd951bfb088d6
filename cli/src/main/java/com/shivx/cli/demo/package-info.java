/** The demo: everything embedded, one screen, an orderly end. */
@NullMarked
package com.shivx.cli.demo;

import org.jspecify.annotations.NullMarked;
