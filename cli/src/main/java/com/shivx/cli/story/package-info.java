/** What the demo tells: from a first version that learns to a better one that was promoted. */
@NullMarked
package com.shivx.cli.story;

import org.jspecify.annotations.NullMarked;
