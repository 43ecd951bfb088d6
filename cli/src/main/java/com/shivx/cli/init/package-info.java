/** A project for a feature set of a user's own. */
@NullMarked
package com.shivx.cli.init;

import org.jspecify.annotations.NullMarked;
