/** Deploying models: from a file to what serves, and what serves now. */
@NullMarked
package com.shivx.cli.deploy;

import org.jspecify.annotations.NullMarked;
