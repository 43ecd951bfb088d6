/** Feature sets of a user's own, from a folder of jars. */
@NullMarked
package com.shivx.cli.plugin;

import org.jspecify.annotations.NullMarked;
